package peers

import (
	"regexp"
	"strings"
)

// target says which parameter of ours takes a value of a peer's rule.
type target struct {
	rule, key string
	id, param string
	change    func(any) any // what it takes to fit; nil = as it is
}

// noParam stands where a rule of ours has no parameter for the value that a peer's rule is about: our names of keys
// follow templates, and not patterns.
const noParam = ""

var targets = map[string][]target{
	"bytebase": {
		{"BUILTIN_STATEMENT_MAXIMUM_SQL_SIZE", "number", "file-too-large", "max_bytes", nil},
		{"COLUMN_AUTO_INCREMENT_INITIAL_VALUE", "number", "auto-increment-initial-value", "allowed", nil},
		{"COLUMN_COMMENT", "maxLength", "comment-too-long", "max", nil},
		{"COLUMN_MAXIMUM_CHARACTER_LENGTH", "number", "char-too-long", "max", nil},
		{"COLUMN_MAXIMUM_VARCHAR_LENGTH", "number", "varchar-too-long", "max", nil},
		{"COLUMN_REQUIRED", "list", "required-columns-missing", "columns", nil},
		{"COLUMN_TYPE_DISALLOW_LIST", "list", "disallowed-type", "deny", lower},
		{"INDEX_KEY_NUMBER_LIMIT", "number", "too-many-index-columns", "max", nil},
		{"INDEX_PRIMARY_KEY_TYPE_ALLOWLIST", "list", "primary-key-type-not-allowed", "allow", lower},
		{"INDEX_TOTAL_NUMBER_LIMIT", "number", "too-many-indexes", "max", nil},
		{"INDEX_TYPE_ALLOW_LIST", "list", "index-type-not-allowed", "allow", nil},
		{"NAMING_COLUMN", "format", "column-name-format", "pattern", nil},
		{"NAMING_INDEX_FK", "format", "foreign-key-name-format", "template", template},
		{"NAMING_INDEX_IDX", "format", "index-name-format", "template", template},
		{"NAMING_INDEX_UK", "format", "unique-index-name-format", "template", template},
		{"NAMING_TABLE", "format", "table-name-format", "pattern", nil},
		{"STATEMENT_INSERT_ROW_LIMIT", "number", "insert-row-limit", "max_rows", nil},
		{"STATEMENT_MAXIMUM_STATEMENTS_IN_TRANSACTION", "number", "too-many-statements", "max_statements", nil},
		{"SYSTEM_CHARSET_ALLOWLIST", "list", "charset-not-allowed", "allow", lower},
		{"SYSTEM_COLLATION_ALLOWLIST", "list", "collation-not-allowed", "allow", lower},
		{"SYSTEM_FUNCTION_DISALLOWED_LIST", "list", "dangerous-function", "deny", nil},
		{"TABLE_COMMENT", "maxLength", "comment-too-long", "max", nil},
		{"TABLE_DISALLOW_DDL", "list", "protected-table-ddl", "tables", nil},
		{"TABLE_DISALLOW_DML", "list", "protected-table-dml", "tables", nil},
		{"TABLE_DROP_NAMING_CONVENTION", "format", "drop-table-not-staged", "pattern", nil},
		{"TABLE_TEXT_FIELDS_TOTAL_LENGTH", "number", "total-string-length", "max", nil},
	},
	"atlas": {
		{"NM101", "match", "database-name-format", "pattern", nil},
		{"NM102", "match", "table-name-format", "pattern", nil},
		{"NM103", "match", "column-name-format", "pattern", nil},
		{"NM104", "match", "index-name-format", noParam, nil},
		{"NM105", "match", "foreign-key-name-format", noParam, nil},
		{"NM106", "match", "check-constraint-name-format", noParam, nil},
	},
	"skeema": {
		{"charset", "allow-charset", "charset-not-allowed", "allow", lower},
		{"compression", "allow-compression", "compression-not-allowed", "allow", lower},
		{"definer", "allow-definer", "definer-not-allowed", "allow", nil},
		{"engine", "allow-engine", "storage-engine-not-allowed", "allow", lower},
		{"pk-type", "allow-pk-type", "primary-key-type-not-allowed", "allow", lower},
	},
	"sqle": {
		{"ddl_check_collation_database", "first_key", "collation-not-allowed", "allow", lower},
		{"ddl_check_column_quantity", "first_key", "too-many-columns", "max", nil},
		{"ddl_check_composite_index_max", "first_key", "too-many-index-columns", "max", nil},
		{"ddl_check_index_count", "first_key", "too-many-indexes", "max", nil},
		{"ddl_check_object_name_length", "first_key", "identifier-too-long", "max", nil},
		{"ddl_check_table_character_set", "first_key", "charset-not-allowed", "allow", lower},
		{"ddl_check_table_db_engine", "first_key", "storage-engine-not-allowed", "allow", lower},
		{"ddl_check_varchar_size", "first_key", "varchar-too-long", "max", nil},
		{"dml_check_batch_insert_lists_max", "first_key", "insert-row-limit", "max_rows", nil},
	},
}

func lower(given any) any {
	switch v := given.(type) {
	case string:
		return strings.ToLower(v)
	case []string:
		list := make([]string, len(v))
		for i, s := range v {
			list[i] = strings.ToLower(s)
		}
		return list
	}
	return given
}

// Bytebase's templates for names are regular expressions with placeholders. Ours are texts with placeholders, so that
// only a plain name with them can be taken over; "^$|" there lets the server choose the name.
var (
	plainTemplate = regexp.MustCompile(`^(?:\^\$\|)?\^([A-Za-z0-9_{}]+)\$$`)
	placeholders  = strings.NewReplacer("{{table}}", "{table}", "{{column_list}}", "{columns}", "{{referencing_table}}", "{table}", "{{referencing_column}}", "{columns}")
)

func template(given any) any {
	text, _ := given.(string)
	m := plainTemplate.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	ours := placeholders.Replace(m[1])
	if strings.Contains(ours, "{{") {
		return nil
	}
	return ours
}
