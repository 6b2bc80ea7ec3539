package sim

import (
	"fmt"
	"reflect"

	"github.com/paxsim/paxsim/sim/plain"
)

// model is the [Model] of a protocol with these types.
type model[A any, M Message, D Record, P Actor[A, M, D]] struct {
	s        *Scenario
	scope    Scope
	group    []plain.Renaming // the first changes nothing
	h        *Handlers[A, M, D, P]
	requests []request // of the clients, as the world keeps them
	hears    uint64    // see [Hearer]
	plans    plans
	calls    int
	fade     *fading[A, D] // nil: all state counts

	from  uint32     // the local state of the hop under way
	event ModelEvent // its event

	locals    partList[localState[A, D]]
	packets   partList[packet[M]]
	histories partList[History[M, D]]
	trails    partList[[]sight[M, D]]
	pristine  History[M, D] // a history after its Reset

	events []ModelEvent // scratch
}

// plans are how the values of the protocol's types are copied and hashed.
type plans struct{ actor, message, record, history *plain.Plan }

// Model implements [Protocol].
func (p *protocol[A, M, D, P]) Model(given *Scenario, scope Scope, group []plain.Renaming, dead bool) (Model, error) {
	r, err := p.New(given)
	if err != nil {
		return Model{}, err
	}
	w := r.(*World[M, D])
	if p.around != nil {
		return Model{}, fmt.Errorf("sim: %s keeps state outside its actors (Spec.Around), so its handlers cannot be looked at one by one", p.name)
	}
	for i := range w.scenario.Requests {
		if w.scenario.Requests[i].Actor == 0 {
			return Model{}, fmt.Errorf("sim: requests.%d names no actor, so chance picks one: say which is asked, as in --set requests.%[1]d.actor=1", i+1)
		}
	}
	if scope.Duplicates > 0 && scope.Network != AtMostOnce {
		return Model{}, fmt.Errorf("sim: a number of duplicates goes with messages that arrive at most once, in any order")
	}
	m := &model[A, M, D, P]{s: w.scenario, scope: scope, group: group, h: newHandlers(w, w.states.(*actorsOf[A, M, D, P]))}
	if len(m.group) == 0 {
		m.group = make([]plain.Renaming, 1)
	}
	if dead {
		m.fade = &fading[A, D]{clear: p.fade, known: map[plain.Sum]uint32{}}
	}
	m.requests = append(m.requests, w.clients.requests...)
	if err := m.makePlans(); err != nil {
		return Model{}, fmt.Errorf("sim: %s cannot be checked: %w", p.name, err)
	}
	m.trails.add(plain.Sum{}, nil) // number 0: nothing is seen
	if p.history == nil || w.scenario.Invariants != nil && len(w.scenario.Invariants) == 0 {
		m.histories.add(plain.Sum{}, nil)
		return m.functions(), nil
	}
	m.pristine = p.history(w.scenario, Watch(w, nil))
	m.pristine.Reset()
	if err := m.planHistory(); err != nil {
		return Model{}, fmt.Errorf("sim: the history of %s cannot be checked: %w", p.name, err)
	}
	if ear, ok := m.pristine.(Hearer[M]); ok {
		m.hears = ear.Hears()
	}
	m.historyOf(m.pristine)
	return m.functions(), nil
}

// functions is the model as those who look at it know it.
func (m *model[A, M, D, P]) functions() Model {
	return Model{
		Start:         m.begin,
		Events:        m.Events,
		Hop:           m.Hop,
		Step:          m.Step,
		LocalTokens:   m.LocalTokens,
		PacketTokens:  m.PacketTokens,
		HistoryTokens: m.HistoryTokens,
		AskToken:      m.AskToken,
		Packet:        m.Packet,
		Line:          m.Line,
		EventEntry:    m.EventEntry,
		TrailEntries:  m.TrailEntries,
		Kept:          m.Kept,
		Calls:         m.Calls,
	}
}

// makePlans makes the plans of the actor, the message and the record.
func (m *model[A, M, D, P]) makePlans() (err error) {
	if m.plans.actor, err = plain.For[A](); err != nil {
		return err
	}
	if m.plans.message, err = plain.For[M](); err != nil {
		return err
	}
	m.plans.record, err = plain.For[D]()
	return err
}

// planHistory makes the plan of the history, which is a pointer to a struct.
func (m *model[A, M, D, P]) planHistory() (err error) {
	t := reflect.TypeOf(m.pristine)
	if t.Kind() != reflect.Pointer {
		return fmt.Errorf("%v is no pointer", t)
	}
	m.plans.history, err = plain.Of(t.Elem())
	return err
}

// copyHistory is a history that shares nothing with another.
func (m *model[A, M, D, P]) copyHistory(from History[M, D]) History[M, D] {
	to := reflect.New(reflect.TypeOf(from).Elem()).Interface()
	m.plans.history.Copy(to, from, m.pristine)
	return to.(History[M, D])
}

// partList gives contents numbers.
type partList[T any] struct {
	list   []T
	index  map[plain.Sum]uint32
	tokens []plain.Sum // as many for each as there are renamings
}

// find is the number of a content; false: it has none yet.
func (l *partList[T]) find(sum plain.Sum) (uint32, bool) {
	n, ok := l.index[sum]
	return n, ok
}

// add gives a content a number.
func (l *partList[T]) add(sum plain.Sum, x T) uint32 {
	if l.index == nil {
		l.index = map[plain.Sum]uint32{}
	}
	n := uint32(len(l.list))
	l.index[sum] = n
	l.list = append(l.list, x)
	return n
}

// tokensOf is the k tokens of a part.
func (l *partList[T]) tokensOf(n uint32, k int) []plain.Sum {
	return l.tokens[int(n)*k : (int(n)+1)*k]
}
