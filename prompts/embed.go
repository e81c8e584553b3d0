package prompts

import (
	"embed"
	"io/fs"
)

//go:embed guidelines/*.md templates/*.md
var builtIn embed.FS

// BuiltIn returns the files that come with the program: the first layer, unless somebody wants none of it.
func BuiltIn() fs.FS { return builtIn }
