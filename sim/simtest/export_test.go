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
