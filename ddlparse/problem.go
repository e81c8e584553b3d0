package ddlparse

import "fmt"

// Problem is what the server would refuse, or do otherwise than written: an error value of Apply.
type Problem struct {
	Kind   ProblemKind
	Number int    // the server's error number, 0 where it raises none
	Object string // what it is about: "orders", "orders.user_id"
	Table  Name
	Name   string // the column, index, constraint, charset, function... that is wrong
	Reason string // a word that tells apart cases of one kind, see each kind
	Value  string // a value the message needs: the default, the type, the limit
	Other  string // the other object it clashes with, for example the parent column
	Span   Span   // the clause or word at fault
	Cause  Span   // where the other object was defined, zero when there is none

	// Child and Parent are the columns of a foreign key that don't go together, nil for other problems.
	Child, Parent *Column
}

// Error names the kind, the object and the server's number; messages for people are made in review/rules.
func (p *Problem) Error() string {
	return fmt.Sprintf("%s: %s: %s %s (error %d)", p.Span, p.Kind, p.Object, p.Reason, p.Number)
}

// ProblemKind is the id of the rule that reports the problem.
type ProblemKind string

// The kinds of problems.
const (
	SyntaxError            ProblemKind = "syntax-error"
	UnsupportedSyntax      ProblemKind = "unsupported-syntax-for-engine" // Name: the feature
	RemovedSyntax          ProblemKind = "syntax-removed-in-target-version"
	UnanalyzableStatement  ProblemKind = "unanalyzable-statement"
	FullwidthPunctuation   ProblemKind = "fullwidth-punctuation"
	UnknownDatabase        ProblemKind = "unknown-database"
	DatabaseExists         ProblemKind = "database-already-exists"
	UnknownTable           ProblemKind = "unknown-table" // Reason: "dropped", "renamed", "created-later"
	TableExists            ProblemKind = "table-already-exists"
	UnknownColumn          ProblemKind = "unknown-column"
	ColumnExists           ProblemKind = "column-already-exists"
	UnknownIndex           ProblemKind = "unknown-index"
	DuplicateIndexName     ProblemKind = "duplicate-index-name"
	UnknownConstraint      ProblemKind = "unknown-constraint"
	DuplicateConstraint    ProblemKind = "duplicate-constraint-name"
	KeyColumnNotFound      ProblemKind = "key-column-not-found"
	DuplicateColumnInIndex ProblemKind = "duplicate-column-in-index"
	MultiplePrimaryKeys    ProblemKind = "multiple-primary-keys"
	DropMissingPrimaryKey  ProblemKind = "drop-missing-primary-key"
	PrimaryKeyNull         ProblemKind = "primary-key-explicit-null"
	AutoIncrementNotKey    ProblemKind = "auto-increment-not-a-key" // Reason: "several", "no-key"
	DropAllColumns         ProblemKind = "drop-all-columns"
	InvalidDefault         ProblemKind = "invalid-default-value"
	LiteralDefaultOnBlob   ProblemKind = "literal-default-on-blob-text-json"
	InvalidOnUpdate        ProblemKind = "invalid-on-update"
	UnknownCharset         ProblemKind = "unknown-charset-or-collation" // Reason: "charset", "collation", "mismatch"
	EngineLacksFeature     ProblemKind = "engine-lacks-feature"
	InvalidPrefixLength    ProblemKind = "invalid-prefix-length"
	BlobKeyWithoutPrefix   ProblemKind = "blob-key-without-prefix"
	SpatialIndexInvalid    ProblemKind = "spatial-index-invalid"
	GeneratedInvalid       ProblemKind = "generated-column-invalid"
	CheckInvalid           ProblemKind = "check-constraint-invalid"
	DuplicateEnumValue     ProblemKind = "duplicate-enum-value"
	InvalidIdentifier      ProblemKind = "invalid-identifier"
	AmbiguousReference     ProblemKind = "ambiguous-reference"
	TiDBUnsupportedAlter   ProblemKind = "tidb-unsupported-alter"
	// Rules of other categories that the server decides too.
	IdentifierTooLong       ProblemKind = "identifier-too-long"
	ZeroDateDefault         ProblemKind = "zero-date-default"
	IndexTooLong            ProblemKind = "index-too-long"
	ForeignKeyParentMissing ProblemKind = "foreign-key-parent-missing"
	ForeignKeyType          ProblemKind = "foreign-key-type-mismatch"
	ForeignKeyCollation     ProblemKind = "foreign-key-collation-mismatch"
	ForeignKeyNotIndexed    ProblemKind = "foreign-key-parent-not-indexed"
	ForeignKeyNotUnique     ProblemKind = "foreign-key-parent-not-unique"
	DropColumnUsed          ProblemKind = "drop-column-used-in-index" // the drop is refused: foreign key, generated column, check, partition
	VarcharTooLong          ProblemKind = "varchar-exceeds-limit"
	RowTooLarge             ProblemKind = "row-size-too-large"
	TypeArgument            ProblemKind = "invalid-type-argument"          // Reason: "precision", "scale", "length"
	EnumSetLimits           ProblemKind = "enum-set-hard-limits"           // Reason: "members" (Value: how many), "comma" (Value: the member)
	HardIndexLimits         ProblemKind = "hard-index-limits"              // Reason: "parts", "keys"; Value: how many; Other: the limit
	AutoIncrementType       ProblemKind = "auto-increment-must-be-integer" // Value: the type
	CheckForeignKeyColumn   ProblemKind = "check-on-foreign-key-action-column"
	PartitionKey            ProblemKind = "partition-key-not-in-unique-key"   // Value: the partitioning column
	ForeignKeyColumns       ProblemKind = "foreign-key-column-count-mismatch" // Value: how many; Other: how many in the parent
	ForeignKeyColumnMissing ProblemKind = "foreign-key-column-missing"        // Other: the parent column
	ForeignKeySetNull       ProblemKind = "foreign-key-set-null-on-not-null"  // Value: the action
	ForeignKeyPartitioned   ProblemKind = "foreign-key-on-partitioned-table"  // Reason: "child", "parent"
	ForeignKeyEngine        ProblemKind = "foreign-key-engine-mismatch"       // Reason: "temporary", "engine"
	ForeignKeyGenerated     ProblemKind = "foreign-key-on-generated-column"   // Reason: "virtual", "action"
	ForeignKeyText          ProblemKind = "foreign-key-on-text-or-prefix"     // Value: the type
	ConversionOverflow      ProblemKind = "charset-conversion-index-overflow" // Reason: "bytes" (Value of Other bytes), "column", "row"
	ForeignKeyView          ProblemKind = "foreign-key-references-view"
	ForeignKeyIndexDropped  ProblemKind = "drop-index-needed-by-foreign-key" // Other: the foreign key; Reason: "child", "parent"
	ForeignKeyColumnChanged ProblemKind = "alter-foreign-key-column"         // Reason: "pair", "child", "parent", "null"; Other: the foreign key
	VectorColumn            ProblemKind = "vector-column-compatibility"      // Reason: "key", "dimensions" (Value: the type)
	ViewReference           ProblemKind = "view-invalid-reference"           // Reason: "column" (Value: the tables), "self"
	PartitionColumn         ProblemKind = "partition-column-missing"
	PartitionNotFound       ProblemKind = "partition-not-found" // Reason: "name", "table"
	DuplicatePartition      ProblemKind = "duplicate-partition" // Reason: "name", "value", "order"
	PartitionAfterMaxvalue  ProblemKind = "add-partition-after-maxvalue"
	TooManyPartitions       ProblemKind = "too-many-partitions"
	PartitionFunction       ProblemKind = "partition-by-unsupported-function" // Reason: "function", "type", "time-zone", "constant", "string"
)
