package rules

import "github.com/schema-review/schema-review/ddlparse"

// stringLoss compares a text or binary type with another type.
func stringLoss(e ddlparse.Engine, old, new *ddlparse.Column) loss {
	from, to := familyOf(old.Type), familyOf(new.Type)
	if from != to {
		return loss{typeFamily, from == textFamily && to == bytesFamily && fits(e, old, new)}
	}
	if !fits(e, old, new) {
		return loss{rule: shrinkString}
	}
	if a, b := old.Type, new.Type; (a.Name == "binary" || b.Name == "binary") && (a.Name != b.Name || a.Length != b.Length) {
		return loss{rule: fixedBinary}
	}
	return loss{}
}

// fits reports whether the longest value of the old type has room in the new one. CHAR and VARCHAR count
// characters, the TEXT types bytes, which may each be a character.
func fits(e ddlparse.Engine, old, new *ddlparse.Column) bool {
	need := capacity(old.Type)
	if countsCharacters(old.Type) && !countsCharacters(new.Type) {
		need *= max(1, e.CharsetMaxLen(firstOf(new.Charset, old.Charset)))
	}
	return capacity(new.Type) >= need
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func countsCharacters(t ddlparse.Type) bool { return t.Name == "char" || t.Name == "varchar" }

// capacity is how many characters, or bytes, a string type holds.
func capacity(t ddlparse.Type) int {
	switch t.Name {
	case "tinytext", "tinyblob":
		return 1<<8 - 1
	case "text", "blob":
		return 1<<16 - 1
	case "mediumtext", "mediumblob":
		return 1<<24 - 1
	case "longtext", "longblob":
		return 1<<32 - 1
	}
	return max(t.Length, 0)
}

// membersLoss compares ENUM or SET with another type; rules of their own compare two lists of members.
func membersLoss(old, new ddlparse.Type) loss {
	if old.Name == new.Name {
		return loss{}
	}
	if familyOf(new) == textFamily {
		if capacity(new) < longest(old) {
			return loss{rule: shrinkString}
		}
		return loss{}
	}
	if to := familyOf(new); new.Name == "enum" || to == wholeFamily || to == decimalFamily || to == floatFamily {
		return loss{rule: fromMembers}
	}
	return loss{rule: typeFamily}
}

// longest is the length of the longest value of ENUM, or of the SET with all members.
func longest(t ddlparse.Type) int {
	most, all := 0, -1
	for _, m := range t.Members {
		n := len([]rune(m))
		most, all = max(most, n), all+n+1
	}
	if t.Name == "set" {
		return max(0, all)
	}
	return most
}
