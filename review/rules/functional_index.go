package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// indexableFunctions are those that TiDB takes in the expression of an index without its switch for experiments: the
// value of tidb_allow_function_for_expression_index. https://docs.pingcap.com/tidb/stable/system-variables
var indexableFunctions = strings.Fields(`json_array json_array_append json_array_insert json_contains json_contains_path
	json_depth json_extract json_insert json_keys json_length json_merge_patch json_merge_preserve json_object json_pretty
	json_quote json_remove json_replace json_schema_valid json_search json_set json_storage_size json_type json_unquote
	json_valid lower md5 reverse tidb_shard upper vitess_hash cast`)

// functionalIndexCompatibility speaks of functions that TiDB keeps out of indexes. Servers without such indexes are
// unsupported-syntax-for-engine's to speak of.
var functionalIndexCompatibility = &review.Rule{
	ID:       "functional-index-compatibility",
	Title:    "Index uses a function that TiDB doesn't take there",
	Category: review.IndexDesign,
	Severity: review.Warning,
	Engines:  review.On(ddlparse.TiDB),
	Check: func(p *review.Pass) {
		for t, x := range p.Indexes() {
			for _, part := range x.Parts {
				if function := strangeFunction(p.Engine, part); function != "" {
					p.Report(review.Finding{
						Object:  objectOf(t.Name, x.Name),
						Span:    part.Span,
						Problem: review.Msg("The index `%s` calls %s(), which is not among the functions that %s takes in an index: it refuses the statement (error %s).", x.Name, strings.ToUpper(function), p.Engine.Title(), review.Errno(8200)),
						Advice:  review.Msg("Add a generated column with this expression, and index that column."),
					})
					break
				}
			}
		}
	},
}

// strangeFunction is the first function of the expression that isn't on the list.
func strangeFunction(e ddlparse.Engine, part ddlparse.Part) string {
	if part.Expr == "" {
		return ""
	}
	tokens := codeTokens(part.Span, e)
	for i, t := range tokens {
		if i+1 < len(tokens) && t.Kind == ddlparse.WordToken && isMark(tokens[i+1], "(") && !isWord(t, "AS", "CHAR", "BINARY", "DECIMAL", "IN", "AND", "OR", "NOT", "WHEN", "THEN", "ELSE", "ARRAY", "SIGNED", "UNSIGNED", "DATETIME", "TIME") &&
			!slices.Contains(indexableFunctions, strings.ToLower(t.Text())) {
			return t.Text()
		}
	}
	return ""
}
