package scenarios

import (
	"strings"

	"github.com/paxsim/paxsim/actors"
	"github.com/paxsim/paxsim/scenarios/library"
)

// Starter is the text of a file for a person to go on from: sound as it is, with comments
// that say what else there is. A base is a name of the library, and "" is none. Every line
// that begins with #: is a part of the file too, once these two characters are gone.
func Starter(base string) (string, error) {
	if base == "" {
		return strings.ReplaceAll(library.Starter, "#:", "#"), nil
	}
	if !inLibrary(base) {
		return "", mistaken("", "there is no scenario %q in the library%s", clip(base), orList(base))
	}
	s, err := Load(base)
	if err != nil {
		return "", err
	}
	text := strings.ReplaceAll(library.BasedStarter, "BASE", base)
	if usual := actors.Names()[0]; s.Protocol.Name() != usual { // the base has no such settings
		before, after, _ := strings.Cut(text, "#: "+usual+": ")
		_, after, _ = strings.Cut(after, "\n")
		text = before + after
	}
	if len(s.Faults) > 0 {
		text = strings.Replace(text, "#: faults: {cut", "#: faults: {"+s.Faults[0].Name+": none, cut", 1)
	}
	return strings.ReplaceAll(text, "#:", "#"), nil
}
