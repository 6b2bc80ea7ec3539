package campaign

import (
	"fmt"
	"runtime/debug"
)

// Panic is a panic of a goroutine that somebody waits for, on its way to them. A
// goroutine that panics ends the process, and nobody could clear up before.
type Panic struct {
	Value any
	Stack []byte // of the goroutine
}

// String is the value, and where it came from.
func (p *Panic) String() string { return fmt.Sprintf("%v\n%s", p.Value, p.Stack) }

// Catch calls a function. If that panics, Catch returns the panic, for the goroutine
// that waits to panic with.
func Catch(f func()) (p *Panic) {
	returned := false
	defer func() {
		if returned {
			return
		}
		switch v := recover().(type) {
		case *Panic:
			p = v
		default:
			p = &Panic{v, debug.Stack()}
		}
	}()
	f()
	returned = true
	return nil
}
