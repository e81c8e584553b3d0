package ddlparse

import (
	"fmt"
	"strings"

	"github.com/pingcap/tidb/pkg/parser/ast"
	"github.com/pingcap/tidb/pkg/parser/charset"
	"github.com/pingcap/tidb/pkg/parser/mysql"
	"github.com/pingcap/tidb/pkg/parser/types"
)

// The digests say in the same words what the reader and what the TiDB parser made of a definition.

func digestColumn(c *Column) string {
	b := fmt.Sprintf("%s %s null=%d auto=%v comment=%q", c.Name, digestOwnType(c), c.Null, c.AutoIncrement, c.Comment)
	if d := c.Default; d != nil {
		b += digestDefault(d)
	}
	if c.Generated != nil {
		b += fmt.Sprintf(" generated stored=%v", c.Generated.Stored)
	}
	if c.OnUpdate != "" {
		b += " on update"
	}
	return b + " collate=" + judgedCollation(c.ExplicitCollation)
}

// judgedCollation is the collation that the judge gets in place of one that the TiDB parser doesn't know.
func judgedCollation(name string) string {
	if _, err := charset.GetCollationByName(name); name == "" || err == nil {
		return name
	}
	if name == binCollation {
		return ""
	}
	return longest(len(name), "utf8mb4_bin", "binary")
}

func digestDefault(d *Default) string {
	if d.Kind == DefaultString {
		return fmt.Sprintf(" default %q", d.Text)
	}
	return " default " + map[DefaultKind]string{DefaultNull: "null", DefaultNumber: "number", DefaultNow: "now", DefaultExpression: "expression"}[d.Kind]
}

// digestOwnType is a type as the TiDB parser has it before it fills in lengths.
func digestOwnType(c *Column) string {
	t := c.Type
	if c.ExplicitCharset == "binary" && t.IsText() { // the TiDB parser has no name for both
		t.Name = binaryNames[t.Name]
	}
	return t.String()
}

func digestColumnDef(d *ast.ColumnDef) string {
	null, auto, comment, collate := Unspecified, false, "", ""
	values := map[ast.ColumnOptionType]string{}
	for _, o := range d.Options {
		switch o.Tp {
		case ast.ColumnOptionNotNull:
			null = ExplicitNotNull
		case ast.ColumnOptionNull:
			null = ExplicitNull
		case ast.ColumnOptionAutoIncrement:
			auto = true
		case ast.ColumnOptionComment:
			comment = o.Expr.(ast.ValueExpr).GetString()
		case ast.ColumnOptionDefaultValue:
			values[o.Tp] = digestDefaultExpr(o.Expr)
		case ast.ColumnOptionGenerated:
			values[o.Tp] = fmt.Sprintf(" generated stored=%v", o.Stored)
		case ast.ColumnOptionOnUpdate:
			values[o.Tp] = " on update"
		case ast.ColumnOptionCollate:
			collate = o.StrValue
		}
	}
	return fmt.Sprintf("%s %s null=%d auto=%v comment=%q%s%s%s collate=%s", d.Name.Name.O, digestType(d.Tp), null, auto, comment,
		values[ast.ColumnOptionDefaultValue], values[ast.ColumnOptionGenerated], values[ast.ColumnOptionOnUpdate], collate)
}

func digestDefaultExpr(e ast.ExprNode) string {
	switch e := e.(type) {
	case ast.ValueExpr:
		switch v := e.GetValue().(type) {
		case nil:
			return " default null"
		case string:
			return fmt.Sprintf(" default %q", v)
		}
		return " default number"
	case *ast.UnaryOperationExpr:
		return " default number"
	case *ast.FuncCallExpr:
		if e.FnName.L == "current_timestamp" {
			return " default now"
		}
	}
	return " default expression"
}

// digestType gives a type in our words.
func digestType(f *types.FieldType) string {
	t := Type{Name: types.TypeToStr(f.GetType(), f.GetCharset()), Length: f.GetFlen(), Scale: f.GetDecimal()}
	t.Unsigned, t.Zerofill = mysql.HasUnsignedFlag(f.GetFlag()), mysql.HasZerofillFlag(f.GetFlag())
	switch {
	case f.GetType() == mysql.TypeEnum || f.GetType() == mysql.TypeSet:
		t.Members = f.GetElems()
	case t.IsTemporal():
		t.Length, t.Scale = f.GetDecimal(), -1
	case t.IsBlob() && t.Length >= 0 && (t.Name == "text" || t.Name == "blob"):
		t.Name, t.Length = sizedBlob(t.Name, t.Length), -1
	}
	if t.Name == "vector" {
		t.Scale = -1
	}
	if t.Length == 0 && t.IsTemporal() {
		t.Length = -1
	}
	return withLength(t, DefaultEngine()).String()
}

// digestInline lists the keys and constraints that stand in column definitions.
func digestInline(t *Table) string {
	var b []string
	for _, x := range t.Indexes {
		if x.Inline {
			b = append(b, digestIndex(x))
		}
	}
	for _, f := range t.ForeignKeys {
		if f.Inline {
			b = append(b, digestForeign(f))
		}
	}
	for _, c := range t.Checks {
		if c.Column != "" {
			b = append(b, digestCheck(c))
		}
	}
	return strings.Join(b, ", ")
}

func digestInlineOptions(columns []*ast.ColumnDef) string {
	var keys, foreign, checks []string
	for _, d := range columns {
		name := d.Name.Name.O
		once := map[ast.ColumnOptionType]bool{} // UNIQUE twice, as in SERIAL UNIQUE, is one key
		for _, o := range d.Options {
			switch o.Tp {
			case ast.ColumnOptionPrimaryKey:
				keys = append(keys, "primary ("+name+")")
			case ast.ColumnOptionUniqKey:
				if !once[o.Tp] {
					keys = append(keys, "unique ("+name+")")
				}
				once[o.Tp] = true
			case ast.ColumnOptionReference:
				foreign = append(foreign, "foreign  ("+name+") "+digestReference(o.Refer))
			case ast.ColumnOptionCheck:
				checks = append(checks, fmt.Sprintf("check %s enforced=%v", o.ConstraintName, o.Enforced))
			}
		}
	}
	return strings.Join(append(append(keys, foreign...), checks...), ", ")
}

var indexKinds = map[IndexKind]string{Plain: "key", Unique: "unique", Primary: "primary", Fulltext: "fulltext", Spatial: "spatial", Vector: "vector"}

func digestIndex(x *Index) string {
	b := indexKinds[x.Kind]
	if x.Kind != Primary && x.Named {
		b += " " + x.Name
	}
	var parts []string
	for _, p := range x.Parts {
		s := p.Column
		if p.Expr != "" {
			s = "expression"
		}
		if p.Prefix > 0 {
			s += fmt.Sprintf("(%d)", p.Prefix)
		}
		if p.Desc {
			s += " desc"
		}
		parts = append(parts, s)
	}
	return b + " (" + strings.Join(parts, ", ") + ")" + digestIndexOptions(x.Using, x.Comment, x.Invisible, x.Parser)
}

func digestIndexOptions(using, comment string, invisible bool, parser string) string {
	if using == "" && comment == "" && !invisible && parser == "" {
		return ""
	}
	return fmt.Sprintf(" using=%s comment=%q invisible=%v parser=%s", using, comment, invisible, strings.ToLower(parser))
}

func digestForeign(f *ForeignKey) string {
	name := f.Name
	if !f.Named {
		name = f.Index
	}
	return fmt.Sprintf("foreign %s (%s) %s(%s) delete=%s update=%s", name, strings.Join(f.Columns, ", "), f.Parent.Name, strings.Join(f.ParentColumns, ", "), f.OnDelete, f.OnUpdate)
}

func digestCheck(c *Check) string { return fmt.Sprintf("check %s enforced=%v", c.Name, c.Enforced) }

func digestItem(i item) string {
	switch {
	case i.index != nil:
		return digestIndex(i.index)
	case i.foreign != nil:
		return digestForeign(i.foreign)
	case i.check != nil:
		return digestCheck(i.check)
	}
	return fmt.Sprintf("%T", i.change)
}

func digestConstraint(c *ast.Constraint) string {
	name := c.Name
	if name != "" {
		name = " " + name
	}
	keys := " (" + digestKeys(c.Keys) + ")" + digestIndexOption(c.Option)
	switch c.Tp {
	case ast.ConstraintPrimaryKey:
		return "primary" + keys
	case ast.ConstraintUniq, ast.ConstraintUniqKey, ast.ConstraintUniqIndex:
		return "unique" + name + keys
	case ast.ConstraintFulltext:
		return "fulltext" + name + keys
	case ast.ConstraintVector:
		return "vector" + name + keys
	case ast.ConstraintForeignKey:
		return "foreign " + c.Name + " (" + digestKeys(c.Keys) + ") " + digestReference(c.Refer)
	case ast.ConstraintCheck:
		return fmt.Sprintf("check %s enforced=%v", c.Name, c.Enforced)
	}
	return "key" + name + keys
}

func digestKeys(keys []*ast.IndexPartSpecification) string {
	var b []string
	for _, k := range keys {
		s := "expression"
		if k.Column != nil {
			s = k.Column.Name.O
		}
		if k.Length > 0 {
			s += fmt.Sprintf("(%d)", k.Length)
		}
		if k.Desc {
			s += " desc"
		}
		b = append(b, s)
	}
	return strings.Join(b, ", ")
}

func digestIndexOption(o *ast.IndexOption) string {
	if o == nil {
		return ""
	}
	return digestIndexOptions(o.Tp.String(), o.Comment, o.Visibility == ast.IndexVisibilityInvisible, o.ParserName.O)
}

func digestReference(r *ast.ReferenceDef) string {
	return fmt.Sprintf("%s(%s) delete=%s update=%s", r.Table.Name.O, digestKeys(r.IndexPartSpecifications), r.OnDelete.ReferOpt, r.OnUpdate.ReferOpt)
}

func digestChanges(changes []Change) string {
	var b []string
	for _, c := range changes {
		if s := digestChange(c); s != "" {
			b = append(b, c.At().Table.Name+": "+s)
		}
	}
	return strings.Join(b, ", ")
}

// digestChange says what a change is about; "" for what changes no definition.
func digestChange(c Change) string {
	switch c := c.(type) {
	case *AddColumn:
		return fmt.Sprintf("add %s first=%v after=%s", c.Column.Name, c.First, c.Behind)
	case *ModifyColumn:
		to := ""
		if c.New != nil {
			to = c.New.Name
		}
		return fmt.Sprintf("modify %s to %s first=%v after=%s", c.Name, to, c.First, c.Behind)
	case *AddIndex:
		return "add " + digestIndex(c.Index)
	case *AddForeignKey:
		return "add " + digestForeign(c.Key)
	case *AddCheck:
		return "add " + digestCheck(c.Check)
	case *RenameTable:
		return "rename to " + c.To.Name
	case *ModifyIndex:
		if c.To != "" {
			return fmt.Sprintf("rename index %s to %s", c.Name, c.To)
		}
		return fmt.Sprintf("index %s invisible=%v", c.Name, c.Invisible)
	case *AlterPartitions:
		return strings.ToLower(c.Action) + " " + strings.Join(c.Names, ", ")
	}
	return digestDrop(c)
}

func digestDrop(c Change) string {
	switch c := c.(type) {
	case *DropColumn:
		return "drop column " + c.Name
	case *DropIndex:
		if c.AnyConstraint {
			return "drop constraint " + c.Name
		}
		return "drop index " + c.Name
	case *DropForeignKey:
		return "drop foreign key " + c.Name
	case *DropCheck:
		return "drop constraint " + c.Name
	case *DropTable:
		return fmt.Sprintf("drop table exists=%v", c.IfExists)
	case *DropView:
		return fmt.Sprintf("drop view exists=%v", c.IfExists)
	case *TruncateTable:
		return "truncate"
	case *CreateView:
		return fmt.Sprintf("view (%s) replace=%v", strings.Join(c.View.Columns, ", "), c.OrReplace)
	}
	return ""
}

// digestSpec is digestChange for the TiDB parser's specifications.
func digestSpec(s *ast.AlterTableSpec) string {
	switch s.Tp {
	case ast.AlterTableAddColumns:
		return fmt.Sprintf("add %s %s", s.NewColumns[0].Name.Name.O, digestPosition(s.Position))
	case ast.AlterTableModifyColumn:
		name := s.NewColumns[0].Name.Name.O
		return fmt.Sprintf("modify %s to %s %s", name, name, digestPosition(s.Position))
	case ast.AlterTableChangeColumn:
		return fmt.Sprintf("modify %s to %s %s", s.OldColumnName.Name.O, s.NewColumns[0].Name.Name.O, digestPosition(s.Position))
	case ast.AlterTableAlterColumn:
		return fmt.Sprintf("modify %s to  first=false after=", s.NewColumns[0].Name.Name.O)
	case ast.AlterTableRenameColumn:
		return fmt.Sprintf("modify %s to  first=false after=", s.OldColumnName.Name.O)
	case ast.AlterTableAddConstraint:
		return "add " + digestConstraint(s.Constraint)
	case ast.AlterTableRenameTable:
		return "rename to " + s.NewTable.Name.O
	case ast.AlterTableRenameIndex:
		return fmt.Sprintf("rename index %s to %s", s.FromKey.O, s.ToKey.O)
	case ast.AlterTableIndexInvisible:
		return fmt.Sprintf("index %s invisible=%v", s.IndexName.O, s.Visibility == ast.IndexVisibilityInvisible)
	}
	return digestDropSpec(s)
}

func digestPosition(p *ast.ColumnPosition) string {
	after := ""
	if p.RelativeColumn != nil {
		after = p.RelativeColumn.Name.O
	}
	return fmt.Sprintf("first=%v after=%s", p.Tp == ast.ColumnPositionFirst, after)
}

func digestDropSpec(s *ast.AlterTableSpec) string {
	switch s.Tp {
	case ast.AlterTableDropColumn:
		return "drop column " + s.OldColumnName.Name.O
	case ast.AlterTableDropIndex:
		return "drop index " + s.Name
	case ast.AlterTableDropPrimaryKey:
		return "drop index PRIMARY"
	case ast.AlterTableDropForeignKey:
		return "drop foreign key " + s.Name
	case ast.AlterTableDropCheck:
		return "drop constraint " + s.Constraint.Name
	}
	return digestPartitionSpec(s)
}

func digestPartitionSpec(s *ast.AlterTableSpec) string {
	action, ok := partitionActions[s.Tp]
	if !ok {
		return ""
	}
	var names []string
	for _, n := range s.PartitionNames {
		names = append(names, n.O)
	}
	if s.OnAllPartitions {
		names = []string{"ALL"}
	}
	return action + " " + strings.Join(names, ", ")
}

var partitionActions = map[ast.AlterTableType]string{
	ast.AlterTablePartition: "partition by", ast.AlterTableRemovePartitioning: "remove partitioning", ast.AlterTableAddPartitions: "add partition",
	ast.AlterTableDropPartition: "drop partition", ast.AlterTableTruncatePartition: "truncate partition", ast.AlterTableCoalescePartitions: "coalesce partition",
	ast.AlterTableReorganizePartition: "reorganize partition", ast.AlterTableExchangePartition: "exchange partition", ast.AlterTableCheckPartitions: "check partition",
	ast.AlterTableRebuildPartition: "rebuild partition", ast.AlterTableOptimizePartition: "optimize partition", ast.AlterTableRepairPartition: "repair partition",
}

// digestStatement is digestChanges for statements that are changes as a whole; "" for all others.
func digestStatement(n ast.StmtNode) string {
	switch n := n.(type) {
	case *ast.CreateIndexStmt:
		if n.KeyType == ast.IndexKeyTypeSpatial {
			return n.Table.Name.O + ": add spatial " + n.IndexName + " (" + digestKeys(n.IndexPartSpecifications) + ")"
		}
		return n.Table.Name.O + ": add " + digestConstraint(&ast.Constraint{Tp: indexTypes[n.KeyType], Name: n.IndexName, Keys: n.IndexPartSpecifications, Option: n.IndexOption})
	case *ast.DropIndexStmt:
		return n.Table.Name.O + ": drop index " + n.IndexName
	case *ast.TruncateTableStmt:
		return n.Table.Name.O + ": truncate"
	case *ast.CreateViewStmt:
		var columns []string
		for _, c := range n.Cols {
			columns = append(columns, c.O)
		}
		return fmt.Sprintf("%s: view (%s) replace=%v", n.ViewName.Name.O, strings.Join(columns, ", "), n.OrReplace)
	}
	return digestNames(n)
}

var indexTypes = map[ast.IndexKeyType]ast.ConstraintType{
	ast.IndexKeyTypeNone: ast.ConstraintIndex, ast.IndexKeyTypeVector: ast.ConstraintVector, ast.IndexKeyTypeUnique: ast.ConstraintUniq, ast.IndexKeyTypeFulltext: ast.ConstraintFulltext,
}

func digestNames(n ast.StmtNode) string {
	var b []string
	switch n := n.(type) {
	case *ast.DropTableStmt:
		for _, t := range n.Tables {
			b = append(b, fmt.Sprintf("%s: drop %s exists=%v", t.Name.O, map[bool]string{true: "view", false: "table"}[n.IsView], n.IfExists))
		}
	case *ast.RenameTableStmt:
		for _, t := range n.TableToTables {
			b = append(b, t.OldTable.Name.O+": rename to "+t.NewTable.Name.O)
		}
	}
	return strings.Join(b, ", ")
}
