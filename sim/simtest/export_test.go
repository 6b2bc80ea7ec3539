package simtest

// Variables are the names of the variables of the environment.
func Variables() (names []string) {
	for _, v := range variables {
		names = append(names, v.name)
	}
	return names
}

// What is left out of the options.
const (
	UsualRuns = usualRuns
	ShortRuns = shortRuns
	MostLines = mostLines
)

// SetMost changes how many events are played to make the story of a find, and all stories
// of a signature, until the function is called.
func SetMost(find, signature uint64) (reset func()) {
	f, s := mostOfFind, mostOfSignature
	mostOfFind, mostOfSignature = find, signature
	return func() { mostOfFind, mostOfSignature = f, s }
}
