package rules

import (
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// engineLacksFeature reports what the table's storage engine refuses, or takes without a word and
// forgets: foreign keys.
// https://dev.mysql.com/doc/refman/8.4/en/storage-engines.html
var engineLacksFeature = &review.Rule{
	ID:       "engine-lacks-feature",
	Title:    "Storage engine does not support what the table declares",
	Category: review.Syntax,
	Severity: review.Error,
	Check:    reportProblems(ddlparse.EngineLacksFeature, sayEngineLacks),
}

func sayEngineLacks(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	engine, number, storage := p.Engine.Title(), review.Errno(pr.Number), pr.Value
	advice = review.Msg("Use ENGINE=InnoDB for `%s`.", pr.Table.String())
	switch pr.Reason {
	case "generated":
		return review.Msg("`%s` is a generated column, which the storage engine %s does not have; %s refuses it (error %s).", pr.Object, storage, engine, number), advice
	case "auto-increment":
		return review.Msg("`%s` is AUTO_INCREMENT, which the storage engine %s does not have; %s refuses it (error %s).", pr.Object, storage, engine, number), advice
	case "index":
		return review.Msg("`%s` is an index that the storage engine %s does not have; %s refuses it (error %s).", pr.Object, storage, engine, number), advice
	case "null":
		return review.Msg("`%s` allows NULL, which the storage engine %s does not; %s refuses it (error %s).", pr.Object, storage, engine, number),
			review.Msg("Declare every column of `%s` NOT NULL, or use ENGINE=InnoDB.", pr.Table.String())
	case "geometry", "blob":
		return review.Msg("`%s` has a type that the storage engine %s does not have; %s refuses it (error %s).", pr.Object, storage, engine, number), advice
	case "foreign-key":
		return review.Msg("The storage engine %s has no foreign keys: %s reads `%s` and forgets it.", storage, engine, pr.Object), advice
	case "fulltext-collation":
		return review.Msg("The FULLTEXT index `%s` has columns of different collations; %s refuses it (error %s).", pr.Object, engine, number),
			review.Msg("Give its columns one collation, or make a FULLTEXT index for each.")
	}
	if pr.Number == 1283 {
		return review.Msg("The FULLTEXT index `%s` has `%s`, which is no character column; %s refuses it (error %s).", pr.Object, pr.Value, engine, number),
			review.Msg("List only CHAR, VARCHAR and TEXT columns in it.")
	}
	return review.Msg("`%s` is a FULLTEXT index, which the storage engine %s does not have; %s refuses it (error %s).", pr.Object, storage, engine, number), advice
}
