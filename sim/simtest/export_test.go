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

// SetMostOfSignature changes how many events are played to make stories of one
// signature, until the function is called.
func SetMostOfSignature(n uint64) (reset func()) {
	before := mostOfSignature
	mostOfSignature = n
	return func() { mostOfSignature = before }
}
