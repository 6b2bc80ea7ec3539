package sim

// TimerKind says what a kind of alarm is for.
type TimerKind struct {
	Name    string // as traces and files call it: "repeat"
	Purpose Purpose
	Doc     string // one line: what the actor does when it goes off

	// Ticks says that the alarm is set again whenever it goes off, for ever, such as
	// the clock of a library. It stands outside the budget of alarms of a searched run,
	// which so never comes to an end by itself.
	Ticks bool
}

// ticks is the kinds of alarms that tick, as bits.
func (w *Words) ticks() (kinds uint16) {
	for kind, t := range w.Timers {
		if t.Ticks {
			kinds |= 1 << kind
		}
	}
	return kinds
}

// Purpose is what an alarm, or a [Note], has to do with the rounds of its protocol.
type Purpose uint8

// The purposes. The zero Purpose says nothing.
const (
	OtherPurpose Purpose = iota
	BeginsRound          // the actor begins a round
	RepeatsRound         // the actor says again what its round still waits for
	LearnsResult         // the actor tries to learn a decision that others made
	RefusesRound         // only of a note: an actor was refused, since another round was in its way
)

// String tells the purpose in a few words; "" for [OtherPurpose].
func (p Purpose) String() string {
	return [...]string{"", "begins a round", "repeats a round", "tries to learn", "refuses a round"}[p]
}

// Timer is the name of a kind of alarm, or its number if it has none.
func (w *Words) Timer(kind uint8) string {
	if int(kind) < len(w.Timers) && w.Timers[kind].Name != "" {
		return w.Timers[kind].Name
	}
	return itoa(int(kind))
}

// timerKind is what is known of a kind of alarm.
func (w *Words) timerKind(kind int) TimerKind {
	if kind < len(w.Timers) {
		return w.Timers[kind]
	}
	return TimerKind{}
}

// TimerNames are the names of the kinds of alarms, by number.
func (w *Words) TimerNames() []string {
	names := make([]string, len(w.Timers))
	for i, t := range w.Timers {
		names[i] = t.Name
	}
	return names
}
