package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// newPrimaryKeys yields the primary keys that the change set gives to tables, with their columns.
func newPrimaryKeys(p *review.Pass, each func(*ddlparse.Table, *ddlparse.Index, []*ddlparse.Column)) {
	for t, x := range p.Indexes() {
		if x.Kind != ddlparse.Primary || !p.New(x.Origin) || t.Temporary {
			continue
		}
		if old := startTable(p, t).PrimaryKey(); old != nil && slices.EqualFunc(old.Columns(), x.Columns(), strings.EqualFold) {
			continue
		}
		var columns []*ddlparse.Column
		for _, name := range x.Columns() {
			if c := t.Column(name); c != nil {
				columns = append(columns, c)
			}
		}
		each(t, x, columns)
	}
}

var primaryKeyTypeNotAllowed = &review.Rule{
	ID:       "primary-key-type-not-allowed",
	Title:    "Primary key has a type that is not allowed",
	Category: review.PrimaryKeys,
	Severity: review.Off,
	Params:   []review.Param{{Name: "allow", Default: []string{"bigint", "binary", "varbinary"}, Doc: "The types that columns of primary keys may have."}},
	Check: func(p *review.Pass) {
		allow := review.Value[[]string](p, "allow")
		newPrimaryKeys(p, func(t *ddlparse.Table, _ *ddlparse.Index, columns []*ddlparse.Column) {
			for _, c := range columns {
				if !named(allow, c.Type.Name) {
					p.Report(review.Finding{
						Object: objectOf(t.Name, c.Name), Span: c.TypeSpan,
						Problem: review.Msg("`%s` is in the primary key and has the type %s, which is not among the allowed ones.", objectOf(t.Name, c.Name), strings.ToUpper(c.Type.Name)),
						Advice:  review.Msg("Use one of the allowed types: %s.", quoted(allow)),
					})
				}
			}
		})
	},
}

// stringPrimaryKey leaves out short codes, and what random-uuid-primary-key speaks of.
var stringPrimaryKey = &review.Rule{
	ID:       "string-primary-key",
	Title:    "Primary key is a string",
	Category: review.PrimaryKeys,
	Severity: review.Off,
	Params:   []review.Param{{Name: "max_bytes", Default: 64, Doc: "How many bytes a code may have that is a good key."}},
	Check: func(p *review.Pass) {
		newPrimaryKeys(p, func(t *ddlparse.Table, _ *ddlparse.Index, columns []*ddlparse.Column) {
			for _, c := range columns {
				if size := keyBytes(p.Engine, c); c.Type.IsText() && size > review.Value[int](p, "max_bytes") && !holdsUUID(c) {
					p.Report(review.Finding{
						Object: objectOf(t.Name, c.Name), Span: c.TypeSpan,
						Problem: review.Msg("`%s` is in the primary key and takes up to %d bytes: every index of `%s` repeats it, and its collation decides which values are equal on %s.", objectOf(t.Name, c.Name), size, t.Name.String(), p.Engine.Title()),
						Advice:  review.Msg("Use a BIGINT as the primary key, and a UNIQUE key for the string."),
					})
					return
				}
			}
		})
	},
}

// keyBytes is what the column takes in a key at most.
func keyBytes(e ddlparse.Engine, c *ddlparse.Column) int {
	if c.Type.Name == "char" || c.Type.Name == "varchar" {
		return max(c.Type.Length, 0) * max(e.CharsetMaxLen(c.Charset), 1)
	}
	return c.Type.StorageBytes(1)
}

// primaryKeyTooManyColumns speaks only where something repeats the columns: a table that is nothing but its key is fine.
var primaryKeyTooManyColumns = &review.Rule{
	ID:       "primary-key-too-many-columns",
	Title:    "Primary key has many columns",
	Category: review.PrimaryKeys,
	Severity: review.Notice,
	Params:   []review.Param{{Name: "max", Default: 3, Doc: "How many columns a primary key may have."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max")
		newPrimaryKeys(p, func(t *ddlparse.Table, x *ddlparse.Index, _ []*ddlparse.Column) {
			if len(x.Parts) > limit && (len(t.Indexes) > 1 || hasChildren(p, t)) {
				p.Report(review.Finding{
					Object: t.Name.String(), Span: x.Span,
					Problem: review.Msg("The primary key of `%s` has %d columns, and %d are allowed here: %s repeats all of them in every other index, and so does every table that refers to this one.", t.Name.String(), len(x.Parts), limit, p.Engine.Title()),
					Advice:  review.Msg("Use a BIGINT as the primary key, and a UNIQUE key for these columns."),
				})
			}
		})
	},
}

// primaryKeyTooWide speaks only where another index repeats the key.
var primaryKeyTooWide = &review.Rule{
	ID:       "primary-key-too-wide",
	Title:    "Primary key is wide, and other indexes repeat it",
	Category: review.PrimaryKeys,
	Severity: review.Off,
	Engines:  review.On(ddlparse.MySQL, ddlparse.MariaDB, ddlparse.Aurora),
	Params:   []review.Param{{Name: "max_bytes", Default: 64, Doc: "How many bytes a primary key may have in a table with other indexes."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max_bytes")
		newPrimaryKeys(p, func(t *ddlparse.Table, x *ddlparse.Index, columns []*ddlparse.Column) {
			size, others := 0, len(t.Indexes)-1
			for _, c := range columns {
				size += keyBytes(p.Engine, c)
			}
			if size > limit && others > 0 && isInnoDB(t) {
				p.Report(review.Finding{
					Object: t.Name.String(), Span: x.Span,
					Problem: review.Msg("The primary key of `%s` takes up to %d bytes, and %s repeats it in each entry of its other indexes, of which there are %d.", t.Name.String(), size, p.Engine.Title(), others),
					Advice:  review.Msg("Use a BIGINT as the primary key, and a UNIQUE key for these columns."),
				})
			}
		})
	},
}

// tidbClusteredUnspecified speaks of keys whose kind tidb_enable_clustered_index decides.
// https://docs.pingcap.com/tidb/stable/clustered-indexes
var tidbClusteredUnspecified = &review.Rule{
	ID:       "tidb-clustered-unspecified",
	Title:    "Primary key says neither CLUSTERED nor NONCLUSTERED",
	Category: review.PrimaryKeys,
	Severity: review.Off,
	Engines:  func(e ddlparse.Engine) bool { return e.TiDB(5, 0, 0) },
	Check: func(p *review.Pass) {
		newPrimaryKeys(p, func(t *ddlparse.Table, x *ddlparse.Index, _ []*ddlparse.Column) {
			if x.Clustered != "" || !p.Created(t) {
				return
			}
			f := review.Finding{
				Object: t.Name.String(), Span: x.Span,
				Problem: review.Msg("The primary key of `%s` says neither CLUSTERED nor NONCLUSTERED: on %s the variable tidb_enable_clustered_index decides, and the table keeps that for good.", t.Name.String(), p.Engine.Title()),
				Advice:  review.Msg("Write CLUSTERED behind the key, or NONCLUSTERED."),
			}
			if at := x.Span; !x.Inline && strings.HasSuffix(at.Text(), ")") {
				at.Start = at.End
				f.Fix = &review.Edit{Title: "Write CLUSTERED", Span: at, New: " CLUSTERED"}
			}
			p.Report(f)
		})
	},
}
