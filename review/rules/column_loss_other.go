package rules

import "github.com/schema-review/schema-review/ddlparse"

// momentLoss compares a date or time type with another type. DATE to DATETIME and TIMESTAMP to DATETIME
// keep everything but fractions of seconds that have no room.
func momentLoss(old, new ddlparse.Type) loss {
	switch familyOf(new) {
	case momentFamily:
		if old.Name == new.Name || new.Name == "datetime" && (old.Name == "date" || old.Name == "timestamp") {
			if old.Name != "date" && old.Length > max(0, new.Length) && new.Name != "year" {
				return loss{rule: fractions}
			}
			return loss{}
		}
	case textFamily:
		return loss{typeFamily, capacity(new) >= 26} // 2026-01-31 23:59:59.999999
	case wholeFamily:
		return loss{typeFamily, old.Name == "year" && new.Name != "tinyint" && new.Name != "bit"}
	}
	return loss{rule: typeFamily}
}

// otherLoss compares JSON, spatial types, UUID, addresses and vectors with another type.
func otherLoss(old, new ddlparse.Type) loss {
	switch {
	case old.Name == new.Name, old.IsSpatial() && new.Name == "geometry", old.Name == "inet4" && new.Name == "inet6":
		return loss{}
	case old.Name == "json":
		return loss{typeFamily, new.Name == "longtext"}
	case old.Name == "uuid" || old.Name == "inet6" || old.Name == "inet4":
		return loss{typeFamily, familyOf(new) == textFamily && capacity(new) >= 39}
	}
	return loss{rule: typeFamily}
}
