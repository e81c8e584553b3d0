package extract

import "go/types"

const (
	printers = "golang.org/x/text/message"
	commands = "github.com/spf13/cobra"
	flags    = "github.com/spf13/pflag"
)

// keyArgument is the index of the argument that is a key of a translation, -1 for none.
func keyArgument(f *types.Func) int {
	if f.Pkg() == nil {
		return -1
	}
	switch f.Pkg().Path() {
	case printers:
		return map[string]int{"Sprintf": 1, "Printf": 1, "Fprintf": 2, "Key": 1}[f.Name()] - 1
	case flags: // every flag has its help at the end
		if n := f.Signature().Params().Len(); n > 0 && f.Signature().Params().At(n-1).Name() == "usage" {
			return n - 1
		}
	}
	return -1
}

// isHelp reports whether a field is a command's help.
func isHelp(field *types.Var) bool {
	return field.Pkg() != nil && field.Pkg().Path() == commands && (field.Name() == "Short" || field.Name() == "Long")
}
