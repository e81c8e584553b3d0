package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// newPlainIndexes yields the indexes that the change set added and that only find rows.
func newPlainIndexes(p *review.Pass, found func(*ddlparse.Table, *ddlparse.Index)) {
	for t, x := range p.Indexes() {
		if x.Kind == ddlparse.Plain && p.New(x.Origin) && !x.Invisible && len(x.Parts) > 0 {
			found(t, x)
		}
	}
}

// redundantIndexPrimaryKeySuffix: InnoDB keeps the primary key with every other index, and the table in its order.
// https://dev.mysql.com/doc/refman/8.4/en/innodb-index-types.html
var redundantIndexPrimaryKeySuffix = &review.Rule{
	ID:       "redundant-index-primary-key-suffix",
	Title:    "Index repeats the primary key",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Params:   []review.Param{{Name: "suffix", Default: false, Doc: "Speak also of indexes that spell the primary key at their end, which costs nothing."}},
	Check: func(p *review.Pass) {
		newPlainIndexes(p, func(t *ddlparse.Table, x *ddlparse.Index) {
			key := t.PrimaryKey()
			if key == nil || !isInnoDB(t) || len(x.Parts) <= len(key.Parts) {
				return
			}
			f := review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Span,
				Related: []review.Related{{Span: key.Span, Note: review.Msg("`%s` is defined here", key.Name)}},
			}
			rest := &ddlparse.Index{Parts: x.Parts[len(x.Parts)-len(key.Parts):]}
			switch {
			case samePartsFrom(x, key):
				f.Problem = review.Msg("`%s` starts with the primary key, by which %s finds the one row at once: the columns behind it help no search.", objectOf(t.Name, x.Name), p.Engine.Title())
				f.Advice = review.Msg("Leave `%s` out, unless it is there for queries that read all of its columns and no other.", x.Name)
			case review.Value[bool](p, "suffix") && samePartsFrom(rest, key):
				f.Problem = review.Msg("`%s` spells the primary key at its end, where %s keeps it anyway.", objectOf(t.Name, x.Name), p.Engine.Title())
				f.Advice = review.Msg("Leave the columns of the primary key out of `%s`.", x.Name)
			default:
				return
			}
			p.Report(f)
		})
	},
}

// indexOnBlobOrText: blob-key-without-prefix speaks of whole columns, unique-prefix-index of unique keys.
var indexOnBlobOrText = &review.Rule{
	ID:       "index-on-blob-or-text",
	Title:    "Index has the start of a TEXT or BLOB column",
	Category: review.IndexDesign,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		newPlainIndexes(p, func(t *ddlparse.Table, x *ddlparse.Index) {
			for _, part := range x.Parts {
				if c := t.Column(part.Column); c != nil && c.Type.IsBlob() && part.Prefix > 0 && !part.Cut {
					p.Report(review.Finding{
						Object:  objectOf(t.Name, x.Name),
						Span:    part.Span,
						Problem: review.Msg("`%s` has the start of `%s`, which is %s: %s can't sort by it nor answer from it alone, and reads each row to compare.", objectOf(t.Name, x.Name), c.Name, typeWords(c), p.Engine.Title()),
						Advice:  review.Msg("Index a hash or another short column made of `%s`, or use FULLTEXT for words.", c.Name),
					})
				}
			}
		})
	},
}

// indexWholeLongVarchar looks at what an entry can take at most; index-too-long speaks of what the server refuses.
var indexWholeLongVarchar = &review.Rule{
	ID:       "index-whole-long-varchar",
	Title:    "Index has the whole of a long column",
	Category: review.IndexDesign,
	Severity: review.Off,
	Params:   []review.Param{{Name: "max_bytes", Default: 767, Doc: "How many bytes of one column an index may have."}},
	Check: func(p *review.Pass) {
		limit := review.Value[int](p, "max_bytes")
		newPlainIndexes(p, func(t *ddlparse.Table, x *ddlparse.Index) {
			for _, part := range x.Parts {
				c := t.Column(part.Column)
				if c == nil || part.Prefix > 0 || !(c.Type.Name == "varchar" || c.Type.Name == "varbinary") {
					continue
				}
				if n := c.Type.Length * max(1, p.Engine.CharsetMaxLen(c.Charset)); n > limit && n <= 3072 {
					p.Report(review.Finding{
						Object:  objectOf(t.Name, x.Name),
						Span:    part.Span,
						Problem: review.Msg("`%s` has up to %d bytes of `%s`, more than %d: fewer entries fit on a page of %s, and its tree grows deeper.", objectOf(t.Name, x.Name), n, c.Name, limit, p.Engine.Title()),
						Advice:  review.Msg("Index a prefix that tells most values apart, or declare `%s` as short as its values are.", c.Name),
					})
				}
			}
		})
	},
}

var usingHash = regexp.MustCompile(`(?i)\s*\b(?:USING|TYPE)\s+HASH\b`)

// hashIndexIgnored: both servers made a BTREE, MySQL 9.7 with note 3502, MariaDB 10.11 without one. MariaDB has hashes
// for UNIQUE keys over long values, and shows them as USING HASH.
var hashIndexIgnored = &review.Rule{
	ID:       "hash-index-ignored",
	Title:    "InnoDB has no HASH indexes",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check: func(p *review.Pass) {
		for t, x := range p.Indexes() {
			if !strings.EqualFold(x.Using, "HASH") || !isInnoDB(t) || !p.New(x.Origin) || p.Engine.IsMariaDB() && x.Unique() {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Span,
				Problem: review.Msg("`%s` asks for HASH, but InnoDB on %s makes a B-tree of it.", objectOf(t.Name, x.Name), p.Engine.Title()),
				Advice:  review.Msg("Leave USING HASH out."),
				Fix:     withoutHash(x),
			})
		}
	},
}

func withoutHash(x *ddlparse.Index) *review.Edit {
	found := usingHash.FindAllStringIndex(x.Span.Text(), -1)
	if len(found) != 1 {
		return nil
	}
	at := x.Span
	at.Start, at.End = at.Start+int32(found[0][0]), at.Start+int32(found[0][1])
	return &review.Edit{Title: "Leave USING HASH out", Span: at}
}

// lowCardinalityIndex goes by types: what the rows hold isn't known.
var lowCardinalityIndex = &review.Rule{
	ID:       "low-cardinality-index",
	Title:    "Index on a column that takes few values",
	Category: review.IndexDesign,
	Severity: review.Off,
	Params:   []review.Param{{Name: "max_enum_values", Default: 8, Doc: "An ENUM with at most so many values counts as taking few."}},
	Check: func(p *review.Pass) {
		newPlainIndexes(p, func(t *ddlparse.Table, x *ddlparse.Index) {
			c := t.Column(x.Parts[0].Column)
			if len(x.Parts) != 1 || c == nil || !takesFew(c.Type, review.Value[int](p, "max_enum_values")) || inForeignKey(t, c.Name) {
				return
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Span,
				Problem: review.Msg("`%s` is on `%s` alone, which takes few values: unless one of them is rare, %s reads the table instead, and the index only costs writes.", objectOf(t.Name, x.Name), c.Name, p.Engine.Title()),
				Advice:  review.Msg("Put `%s` into an index with the columns that are searched together with it.", c.Name),
			})
		})
	},
}

func takesFew(t ddlparse.Type, members int) bool {
	switch t.Name {
	case "tinyint", "bit":
		return t.Length == 1
	case "enum":
		return len(t.Members) <= members
	}
	return false
}

// unnamedIndex: the server names an index after its first column, with a number where that is taken.
var unnamedIndex = &review.Rule{
	ID:       "unnamed-index",
	Title:    "Index has no name of its own",
	Category: review.IndexDesign,
	Severity: review.Off,
	Check: func(p *review.Pass) {
		for t, x := range p.Indexes() {
			if x.Named || x.Kind == ddlparse.Primary || !p.New(x.Origin) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Span,
				Problem: review.Msg("An index of `%s` has no name, so %s calls it `%s`, and may call it otherwise where indexes were added in another order.", t.Name.String(), p.Engine.Title(), x.Name),
				Advice:  review.Msg("Give the index a name, so that a later migration can drop it."),
				Fix:     nameIndex(x),
			})
		}
	},
}

// nameIndex writes the name that the server would choose.
func nameIndex(x *ddlparse.Index) *review.Edit {
	text := x.Span.Text()
	i := strings.IndexByte(text, '(')
	if x.Inline || i <= 0 || mentions(text[:i], "using") || x.Origin != x.Defined || strings.ContainsAny(text[:i], "`'\"*#") {
		return nil
	}
	at, name := x.Span, sqlName(x.Name)+" "
	at.Start += int32(i)
	at.End = at.Start
	if text[i-1] != ' ' {
		name = " " + name
	}
	return &review.Edit{Title: "Name the index", Span: at, New: name}
}

// descIndexIgnored: MySQL from 8.0 and MariaDB from 10.8 on keep the order; TiDB reads the word only.
// https://docs.pingcap.com/tidb/stable/sql-statement-create-index
var descIndexIgnored = &review.Rule{
	ID:       "desc-index-ignored",
	Title:    "DESC in an index is ignored",
	Category: review.IndexDesign,
	Severity: review.Notice,
	Engines:  ignoresDesc,
	Check: func(p *review.Pass) {
		for t, x := range p.Indexes() {
			i := slices.IndexFunc(x.Parts, func(part ddlparse.Part) bool { return part.Desc })
			if i < 0 || !p.New(x.Origin) {
				continue
			}
			p.Report(review.Finding{
				Object:  objectOf(t.Name, x.Name),
				Span:    x.Parts[i].Span,
				Problem: review.Msg("`%s` asks for descending order, which %s reads and ignores: the index is ascending, and sorting in mixed order still sorts.", objectOf(t.Name, x.Name), p.Engine.Title()),
				Advice:  review.Msg("Leave DESC out, so that nobody counts on it."),
			})
		}
	},
}

func ignoresDesc(e ddlparse.Engine) bool {
	return e.IsTiDB() || e.IsMySQL() && !e.MySQL(8, 0, 0) || e.IsMariaDB() && !e.MariaDB(10, 8, 0)
}
