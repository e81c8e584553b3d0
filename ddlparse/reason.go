package ddlparse

// The reasons with a value in them, why something was left alone or not understood.
const (
	reasonCommand    = "`%s` is a command of the mysql client"
	reasonFileSize   = "the file has %d MB, more than the %d MB that are read; keep bulk data out of the migrations or exclude the file"
	reasonBinary     = "the file is not SQL text: it has a NUL byte at offset %d; exclude it if it is binary"
	reasonSize       = "the statement has %d KB, more than the %d KB that are analysed"
	reasonDigits     = "a number has %d digits, more than the %d that MySQL keeps"
	reasonDepth      = "expressions are nested more than %d deep"
	reasonStrings    = "more than %d strings follow each other"
	reasonPrefixes   = "more than %d prefix operators follow each other"
	reasonComments   = "the statement has more than %d comments"
	reasonDialect    = "%s, not a MySQL-family dialect"
	reasonReplaced   = "replaced by %s on MySQL"
	reasonUnreadable = "can't be read: %s"
	reasonDBMS       = "changeset is for dbms:%s"
	reasonSyntax     = "unknown syntax near %s"
)

// ReasonFormats lists the formats of those reasons that have a value in them, so that whoever shows a reason
// can translate it.
func ReasonFormats() []string {
	return []string{
		reasonCommand, reasonFileSize, reasonBinary, reasonSize, reasonDigits, reasonDepth, reasonStrings,
		reasonPrefixes, reasonComments, reasonDialect, reasonReplaced, reasonUnreadable, reasonDBMS, reasonSyntax,
	}
}
