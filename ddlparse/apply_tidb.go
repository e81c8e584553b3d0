package ddlparse

import "strings"

// tidbUnsupported finds the ALTER TABLE forms that TiDB refuses although MySQL accepts them (TiDB manual,
// "ALTER TABLE", "MySQL Compatibility", 7.5 and 8.5).
func tidbUnsupported(old *Table, changes []Change) []*Problem {
	var found []*Problem
	say := func(c Change, reason, name string) {
		found = append(found, &Problem{
			Kind: TiDBUnsupportedAlter, Number: 8200, Object: old.Name.String(), Table: old.Name, Name: name, Reason: reason, Span: c.At().Span,
		})
	}
	touched := map[string]bool{}
	for _, c := range changes {
		switch c := c.(type) {
		case *AddColumn:
			for _, a := range c.Column.Attributes {
				if a.Keyword == "PRIMARY KEY" || a.Keyword == "UNIQUE" || a.Keyword == "AUTO_INCREMENT" {
					say(c, "add-column-with-key", c.Column.Name)
					break
				}
			}
			if c.Column.Generated != nil && c.Column.Generated.Stored {
				say(c, "add-stored-column", c.Column.Name)
			}
		case *DropIndex:
			if pk := old.PrimaryKey(); c.Name == PrimaryName && pk != nil && clustered(pk) {
				say(c, "drop-clustered-primary-key", "")
			}
		case *SetOptions:
			if from, to := old.Options.Charset, c.Options.Charset; !old.External && tidbRefusesCharset(from, to) {
				say(c, "charset", to)
				found[len(found)-1].Value = from
			}
		case *ModifyColumn:
			if touched[fold(c.Name)] {
				say(c, "column-twice", c.Name)
			}
			touched[fold(c.Name)] = true
		}
	}
	return found
}

// clustered reports whether TiDB stores the table by its primary key: as written, else for every
// primary key since 5.0 (tidb_enable_clustered_index is ON).
func clustered(pk *Index) bool { return pk.Clustered != "NONCLUSTERED" }

// tidbRefusesCharset: utf8mb3 and latin1 can become utf8mb4; all other conversions are refused.
func tidbRefusesCharset(from, to string) bool {
	switch {
	case from == "" || to == "" || to == "default" || from == to:
		return false
	case to == "utf8mb4":
		return from != "utf8" && from != "utf8mb3" && from != "latin1"
	}
	return !strings.HasPrefix(from, to) && !strings.HasPrefix(to, from)
}
