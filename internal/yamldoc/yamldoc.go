// Package yamldoc reads a text that must be one document of YAML.
package yamldoc

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// What can be wrong with a text, beside a [yaml.LoadError].
var (
	ErrEmpty  = errors.New("the text is empty")
	ErrParser = errors.New("this cannot be read as YAML") // the parser is wrong about its own state
)

// A Second is that a second document begins, and where.
type Second struct{ Line, Column int }

// Error tells it.
func (*Second) Error() string { return "a second document begins here" }

// Read makes nodes of a text. deep is the error if lists and mappings lie in one
// another more than most times. The error is one of those above, a [*Second], a
// [*yaml.LoadError] or what the parser says.
func Read(text string, most int, deep error) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, ErrParser
		}
	}()
	shallow := func(depth int, _ *yaml.DepthContext) error {
		if depth > most {
			return deep
		}
		return nil
	}
	loader, err := yaml.NewLoader(strings.NewReader(text), yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthFunc(shallow))))
	if err != nil {
		panic(err)
	}
	var documents [2]yaml.Node
	for i := range documents {
		switch err := loader.Load(&documents[i]); {
		case err == nil:
		case err == io.EOF && i == 0:
			return nil, ErrEmpty
		case err == io.EOF:
			return documents[0].Content[0], nil
		default:
			return nil, err
		}
	}
	return nil, &Second{documents[1].Line, documents[1].Column}
}
