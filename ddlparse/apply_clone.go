package ddlparse

// clone copies a written change, so that Apply can fill in the copy.
func clone(c Change) Change {
	switch c := c.(type) {
	case *AddColumn:
		return copied(c)
	case *DropColumn:
		return copied(c)
	case *ModifyColumn:
		return copied(c)
	case *AddIndex:
		return copied(c)
	case *DropIndex:
		return copied(c)
	case *ModifyIndex:
		return copied(c)
	case *AddForeignKey:
		return copied(c)
	case *DropForeignKey:
		return copied(c)
	case *AddCheck:
		return copied(c)
	case *DropCheck:
		return copied(c)
	case *ModifyCheck:
		return copied(c)
	case *SetOptions:
		return copied(c)
	case *AlterPartitions:
		return copied(c)
	case *AlterMode:
		return copied(c)
	case *RenameTable:
		return copied(c)
	}
	return c
}

func copied[T any](p *T) *T {
	c := *p
	return &c
}
