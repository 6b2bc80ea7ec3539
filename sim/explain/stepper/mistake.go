package stepper

import "fmt"

// Mistake is what somebody asked for and cannot have. What was asked has changed
// nothing.
type Mistake struct {
	Text string // what is wrong, in a line
}

// Error implements error.
func (m *Mistake) Error() string { return m.Text }

func mistake(format string, args ...any) error { return &Mistake{fmt.Sprintf(format, args...)} }
