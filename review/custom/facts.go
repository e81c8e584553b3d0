package custom

// Table is a table.
type Table struct {
	Exists           bool         `cel:"exists"`            // false: there is none, for example before it was created
	Name             string       `cel:"name"`              // without its database
	Database         string       `cel:"database"`          // as written, "" without
	Created          bool         `cel:"created"`           // the change set creates it
	Known            bool         `cel:"known"`             // its CREATE TABLE was seen; otherwise it may have more columns and keys
	Comment          string       `cel:"comment"`           // COMMENT
	Engine           string       `cel:"engine"`            // storage engine as written: "InnoDB"
	Charset          string       `cel:"charset"`           // default character set, the server's own where none is written
	Collation        string       `cel:"collation"`         // default collation
	RowFormat        string       `cel:"row_format"`        // upper case, "" where none is written
	Columns          []Column     `cel:"columns"`           // in order
	Indexes          []Index      `cel:"indexes"`           // with the primary key; not those that the server makes for foreign keys
	PrimaryKey       []string     `cel:"primary_key"`       // its columns, empty without
	ForeignKeys      []ForeignKey `cel:"foreign_keys"`      //
	Checks           []Check      `cel:"checks"`            //
	Partitioned      bool         `cel:"partitioned"`       //
	PartitionMethod  string       `cel:"partition_method"`  // "RANGE", "LIST COLUMNS", "HASH", …, "" without
	PartitionColumns []string     `cel:"partition_columns"` // that it is partitioned by
}

// Column is a column of a table.
type Column struct {
	Exists        bool     `cel:"exists"`         // false: there is none, for example before it was added
	Name          string   `cel:"name"`           //
	Added         bool     `cel:"added"`          // the change set adds it, with its table or later
	Type          string   `cel:"type"`           // lower case without length: "bigint", "varchar", "datetime"
	Definition    string   `cel:"definition"`     // the type as a whole: "bigint unsigned", "varchar(64)"
	Length        int      `cel:"length"`         // characters, bytes, digits or fractional seconds; -1 where none is written
	Scale         int      `cel:"scale"`          // decimals, -1 where none are written
	Unsigned      bool     `cel:"unsigned"`       //
	Values        []string `cel:"values"`         // of ENUM and SET
	Nullable      bool     `cel:"nullable"`       //
	HasDefault    bool     `cel:"has_default"`    // a DEFAULT is written, DEFAULT NULL too
	Default       string   `cel:"default"`        // its value: unquoted text, a number, CURRENT_TIMESTAMP, an expression
	OnUpdate      string   `cel:"on_update"`      // ON UPDATE, as written
	AutoIncrement bool     `cel:"auto_increment"` //
	Generated     string   `cel:"generated"`      // expression, "" for an ordinary column
	Stored        bool     `cel:"stored"`         // a generated column that is stored
	Charset       string   `cel:"charset"`        // effective, "" for types that have none
	Collation     string   `cel:"collation"`      // effective
	Comment       string   `cel:"comment"`        // COMMENT
	Invisible     bool     `cel:"invisible"`      //
	Position      int      `cel:"position"`       // in the table, from 1
}

// Index is an index or key.
type Index struct {
	Exists    bool     `cel:"exists"`    // false: there is none
	Name      string   `cel:"name"`      // "PRIMARY" for the primary key; the server's choice where none is written
	Named     bool     `cel:"named"`     // the name is written
	Kind      string   `cel:"kind"`      // "primary", "unique", "index", "fulltext", "spatial" or "vector"
	Unique    bool     `cel:"unique"`    // also the primary key
	Columns   []string `cel:"columns"`   // its columns in order, without expressions
	Parts     []Part   `cel:"parts"`     // columns and expressions in order
	Using     string   `cel:"using"`     // "BTREE", "HASH", "" where none is written
	Invisible bool     `cel:"invisible"` // INVISIBLE, IGNORED on MariaDB
	Comment   string   `cel:"comment"`   // COMMENT
}

// Part is a part of an index.
type Part struct {
	Column     string `cel:"column"`     // "" for an expression
	Expression string `cel:"expression"` // "" for a column
	Length     int    `cel:"length"`     // of a prefix, 0 for the whole column
	Descending bool   `cel:"descending"` //
}

// ForeignKey is a foreign key.
type ForeignKey struct {
	Exists        bool     `cel:"exists"`         // false: there is none
	Name          string   `cel:"name"`           // the server's choice where none is written
	Named         bool     `cel:"named"`          // the name is written
	Columns       []string `cel:"columns"`        //
	Parent        string   `cel:"parent"`         // the table that it references
	ParentColumns []string `cel:"parent_columns"` //
	OnDelete      string   `cel:"on_delete"`      // "CASCADE", "SET NULL", …, "" where none is written
	OnUpdate      string   `cel:"on_update"`      //
}

// Check is a CHECK constraint.
type Check struct {
	Exists     bool     `cel:"exists"`     // false: there is none
	Name       string   `cel:"name"`       // the server's choice where none is written
	Named      bool     `cel:"named"`      // the name is written
	Expression string   `cel:"expression"` // as written
	Columns    []string `cel:"columns"`    // that it mentions
	Enforced   bool     `cel:"enforced"`   //
}

// Object is a view, trigger, procedure, function or event.
type Object struct {
	Name     string `cel:"name"`     // without its database
	Database string `cel:"database"` // as written, "" without
}

// Write is a statement that changes rows.
type Write struct {
	Verb     string   `cel:"verb"`      // "INSERT", "REPLACE", "UPDATE", "DELETE" or "LOAD"
	Tables   []string `cel:"tables"`    // that it names, the written one first
	Columns  []string `cel:"columns"`   // that INSERT lists or UPDATE assigns
	HasWhere bool     `cel:"has_where"` //
	HasLimit bool     `cel:"has_limit"` //
	Selects  bool     `cel:"selects"`   // INSERT … SELECT
	Rows     int      `cel:"rows"`      // of VALUES, 0 where they aren't counted
}

// Server is the server that the migrations run on.
type Server struct {
	Kind    string `cel:"kind"`    // "mysql", "aurora-mysql", "mariadb" or "tidb"
	Version string `cel:"version"` // "8.4"
	Major   int    `cel:"major"`   // 8
	Minor   int    `cel:"minor"`   // 4
}

// Statement is the statement at hand.
type Statement struct {
	Kind string `cel:"kind"` // of the change, as in `on`; "" where a rule looks at what is left behind
	Text string `cel:"text"` // SQL as written
	File string `cel:"file"` // path in the repository
}
