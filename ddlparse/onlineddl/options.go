package onlineddl

import (
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
)

// options adds what a clause of table options does. A server takes most of them as written, whether the
// value changes or not.
func (x *statement) options(c *ddlparse.SetOptions) {
	if c.Convert {
		x.add("convert character set", c.Span)
		return
	}
	for name, span := range c.Options.Spans {
		if op := x.optionOperation(name, c); op != "" {
			x.add(op, orElse(span, c.Span))
		}
	}
	for name := range c.Options.Other {
		if _, listed := c.Options.Spans[name]; !listed {
			x.add(x.optionOperation(name, c), c.Span)
		}
	}
}

func orElse(a, b ddlparse.Span) ddlparse.Span {
	if a.IsZero() {
		return b
	}
	return a
}

// optionOperation names what an option does.
func (x *statement) optionOperation(name string, c *ddlparse.SetOptions) string {
	switch name {
	case "ENGINE", "TYPE":
		if strings.EqualFold(c.Options.Engine, x.before.Options.Engine) {
			return "force"
		}
		return "change engine"
	case "ROW_FORMAT", "KEY_BLOCK_SIZE", "TABLESPACE":
		return "change row format"
	case "ENCRYPTION", "ENCRYPTED", "ENCRYPTION_KEY_ID":
		return "change encryption"
	case "PAGE_COMPRESSED", "PAGE_COMPRESSION_LEVEL":
		return "change page compression"
	case "CHARSET", "COLLATE", "CHARACTER SET", "DEFAULT CHARSET":
		return "change default character set"
	case "AUTO_INCREMENT", "COMMENT":
		return "change " + strings.ToLower(name)
	case "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE", "UNION", "INSERT_METHOD", "CONNECTION":
		return "special option"
	}
	return "change option"
}
