package ddlparse

import (
	"strconv"
	"strings"
)

// limits of index lengths in bytes: MySQL 8.4 manual, "InnoDB Limits"; MyISAM: "The MyISAM Storage Engine".
const (
	maxKeyBytes       = 3072
	maxOldPartBytes   = 767 // ROW_FORMAT REDUNDANT and COMPACT
	maxMyISAMKeyBytes = 1000
)

// indexLength reports keys that are longer than the storage engine takes. MySQL refuses; MariaDB makes
// a hash for a unique key and cuts an ordinary one of a single part.
func (v *validator) indexLength(x *Index) {
	limit, partLimit := v.keyLimits()
	if limit == 0 || x.Kind == Fulltext || x.Kind == Spatial || x.Kind == Vector {
		return
	}
	total := 0
	for i := range x.Parts {
		p := &x.Parts[i]
		n := v.partBytes(p)
		if n < 0 {
			return
		}
		total += n
		if n > partLimit || total > limit {
			v.keyTooLong(x, p, n, total, limit, partLimit)
			return
		}
	}
}

func (v *validator) keyTooLong(x *Index, p *Part, n, total, limit, partLimit int) {
	c, bytes := v.table.Column(p.Column), total
	if n > partLimit {
		bytes, limit = n, partLimit
	}
	v.add(Problem{
		Kind: IndexTooLong, Number: v.tooLongNumber(x, limit), Name: x.Name, Reason: "bytes", Value: strconv.Itoa(bytes),
		Other: strconv.Itoa(limit), Span: place(p.Span, x.Span), Cause: c.Span,
	})
}

func (v *validator) tooLongNumber(x *Index, limit int) int {
	switch {
	case !v.engine.IsMariaDB():
		return 1071
	case limit == maxOldPartBytes:
		return 1709
	case x.Kind == Unique && v.engine.MariaDB(10, 4, 0), x.Kind == Plain && len(x.Parts) == 1:
		return 0
	}
	return 1071
}

// keyLimits are the limits of a key and of one part. TiDB has its own; 0 stands for not known.
func (v *validator) keyLimits() (key, part int) {
	o := v.table.Options
	switch {
	case strings.EqualFold(o.Engine, "MyISAM"):
		return maxMyISAMKeyBytes, maxMyISAMKeyBytes
	case !strings.EqualFold(o.Engine, "InnoDB") && o.Engine != "":
		return 0, 0
	case v.engine.IsTiDB():
		return maxKeyBytes, maxKeyBytes
	case o.Other["KEY_BLOCK_SIZE"] != "":
		return 0, 0
	case o.RowFormat == "COMPACT" || o.RowFormat == "REDUNDANT":
		return maxKeyBytes, maxOldPartBytes
	}
	return maxKeyBytes, maxKeyBytes
}

// partBytes is the length of a key part, -1 when it isn't known.
func (v *validator) partBytes(p *Part) int {
	c := v.table.Column(p.Column)
	if c == nil {
		return -1
	}
	width := v.bytesPerCharacter(c)
	switch {
	case p.Prefix > 0 && width > 0 && (c.Type.IsText() || c.Type.IsBinary()):
		return p.Prefix * width
	case c.Type.Name == "char", c.Type.Name == "varchar", c.Type.Name == "binary", c.Type.Name == "varbinary":
		if width > 0 && c.Type.Length >= 0 {
			return c.Type.Length * width
		}
		return -1
	case takesNoLiteral(c.Type):
		return -1
	}
	return c.Type.StorageBytes(width)
}
