package ddlparse

import (
	"iter"
	"strings"
)

// Schema is everything that is known of the databases at one moment of a replay. It is a value:
// later statements don't change it. All moments of one replay share one store, so before and after
// of every statement cost a few words each.
type Schema struct {
	store *store
	at    int32
}

// Settings are what a replay needs to know about the server.
type Settings struct {
	Engine Engine
	// LowerCaseTableNames is the server variable: 0 compares table names with case, 1 and 2 without.
	LowerCaseTableNames int
	// Charset and Collation are the defaults of the database that the tool connects to; empty means the
	// engine's own.
	Charset, Collation string
}

// NewSchema returns a schema without any object.
func NewSchema(s Settings) Schema {
	if s.Charset == "" && s.Collation == "" {
		s.Charset, s.Collation = defaultCharset(s.Engine)
	}
	return Schema{store: newStore(s, nil, 0)}
}

// Settings returns what NewSchema was given.
func (s Schema) Settings() Settings { return s.store.settings }

// Engine returns the server that the schema is for.
func (s Schema) Engine() Engine { return s.store.settings.Engine }

// Table returns the table of that name, or nil.
func (s Schema) Table(n Name) *Table { return s.store.tables.get(s.key(n), s.at) }

// View returns the view of that name, or nil.
func (s Schema) View(n Name) *View { return s.store.views.get(s.key(n), s.at) }

// Trigger returns the trigger of that name, or nil.
func (s Schema) Trigger(n Name) *Trigger { return s.store.triggers.get(s.routineKey(n), s.at) }

// Routine returns the routine of that kind ("PROCEDURE", "FUNCTION", "EVENT") and name, or nil.
func (s Schema) Routine(kind string, n Name) *Routine {
	return s.store.routines.get(kind+" "+s.routineKey(n), s.at)
}

// Database returns the database of that name, or nil.
func (s Schema) Database(name string) *Database { return s.store.databases.get(s.fold(name), s.at) }

// Gone returns the table that had that name at an earlier moment and has it no more, or nil.
func (s Schema) Gone(n Name) *Table { return s.store.tables.gone(s.key(n), s.at) }

// Tables yields all tables in the order in which their names were first seen.
func (s Schema) Tables() iter.Seq[*Table] { return s.store.tables.all(s.at) }

// Views yields all views.
func (s Schema) Views() iter.Seq[*View] { return s.store.views.all(s.at) }

// Triggers yields all triggers.
func (s Schema) Triggers() iter.Seq[*Trigger] { return s.store.triggers.all(s.at) }

// Routines yields all routines.
func (s Schema) Routines() iter.Seq[*Routine] { return s.store.routines.all(s.at) }

// Children yields the foreign keys that refer to the table, with the tables they belong to.
func (s Schema) Children(parent Name) iter.Seq2[*Table, *ForeignKey] {
	return func(yield func(*Table, *ForeignKey) bool) {
		for child := range s.store.related(parentOf, s.key(parent)) {
			t := s.store.tables.get(child, s.at)
			if t == nil {
				continue
			}
			for _, f := range t.ForeignKeys {
				if s.key(f.Parent) == s.key(parent) && !yield(t, f) {
					return
				}
			}
		}
	}
}

// TriggersOf yields the triggers of the table.
func (s Schema) TriggersOf(table Name) iter.Seq[*Trigger] {
	return func(yield func(*Trigger) bool) {
		for k := range s.store.related(triggerOn, s.key(table)) {
			t := s.store.triggers.get(k, s.at)
			if t != nil && s.key(t.Table) == s.key(table) && !yield(t) {
				return
			}
		}
	}
}

// Same reports whether two names name the same table, view or trigger on this server.
func (s Schema) Same(a, b Name) bool { return s.key(a) == s.key(b) }

// key is how names of tables and views are compared on this server. A database that the history
// never created is the one that the tool connects to; a second one of that kind is another database.
func (s Schema) key(n Name) string {
	db := s.databaseKey(n.Database)
	if db == "" {
		return s.fold(n.Name) // most names, and nothing to allocate
	}
	return db + "\x00" + s.fold(n.Name) // no name has a NUL
}

// databaseKey is how databases are compared; "" for the one that the tool connects to.
func (s Schema) databaseKey(name string) string {
	db := s.fold(name)
	if db != "" && s.store.databases.last(db) == nil && (db == s.store.home || s.store.home == "") {
		return ""
	}
	return db
}

func (s Schema) routineKey(n Name) string {
	return strings.ToLower(s.key(n))
}

func (s Schema) fold(name string) string {
	if s.store.settings.LowerCaseTableNames == 0 {
		return name
	}
	return strings.ToLower(name)
}
