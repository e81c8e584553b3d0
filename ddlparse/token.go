package ddlparse

// tokenKind says what a token is.
type tokenKind uint8

const (
	word    tokenKind = iota + 1 // unquoted identifier or keyword; also @user and @@system variables
	quoted                       // `identifier`, or "identifier" under ANSI_QUOTES
	str                          // 'string' or "string", with the prefix of N'', _utf8mb4'', x'', b'' outside
	number                       // 12, 1.5e3, 0x1F, 0b01, x'1F', b'01'
	punct                        // one operator or punctuation mark; := && || <=> ->> and such are one token
	comment                      // -- to the line's end, # to the line's end, /* */
)

// token is one lexical unit of a source: kind and half-open byte range.
type token struct {
	kind       tokenKind
	start, end int32
}
