package sim

import "github.com/paxsim/paxsim/sim/shown"

// ticks is the kinds of alarms that tick, as bits.
func (w *Vocabulary) ticks() (kinds uint16) {
	for kind, t := range w.Timers {
		if t.Ticks {
			kinds |= 1 << kind
		}
	}
	return kinds
}

// Timer is the name of a kind of alarm, or its number if it has none.
func (w *Vocabulary) Timer(kind uint8) string {
	if int(kind) < len(w.Timers) && w.Timers[kind].Name != "" {
		return w.Timers[kind].Name
	}
	return itoa(int(kind))
}

// timerKind is what is known of a kind of alarm.
func (w *Vocabulary) timerKind(kind int) shown.TimerKind {
	if kind < len(w.Timers) {
		return w.Timers[kind]
	}
	return shown.TimerKind{}
}

// TimerNames are the names of the kinds of alarms, by number.
func (w *Vocabulary) TimerNames() []string {
	names := make([]string, len(w.Timers))
	for i, t := range w.Timers {
		names[i] = t.Name
	}
	return names
}
