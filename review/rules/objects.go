package rules

import "github.com/schema-review/schema-review/ddlparse"

// objectOf is the object path of a part of a table: "orders.user_id", "shop.orders.user_id".
func objectOf(table ddlparse.Name, part string) string { return table.String() + "." + part }
