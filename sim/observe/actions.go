package observe

// Actions tells the actions of a run: what carries its protocol forward. How many there
// are is how long a story is, whatever it takes to deliver messages.
type Actions interface {
	// IsAction takes the entries of a run, one by one and in their order, and says
	// whether this one is an action.
	IsAction(e Entry) bool
}
