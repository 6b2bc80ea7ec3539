package sim

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// Spec describes a protocol to [Define]. A name and the words for its messages
// ([Vocabulary].Messages) belong to every protocol. All else may be left out. Then it has no
// settings, the only check is that no handler panics, and the goal of a run is the decision
// of instance 0.
type Spec[A any, M Message, D Record] struct {
	Name       string          // as files say it, where its settings are below it: letters, digits, - and _
	Vocabulary Vocabulary      // what the protocol calls its things
	Settings   []Setting       // its knobs; [Scenario.Setting] reads them
	Invariants []Invariant     // what the History watches; [PanicInvariant] is there in any case
	Marks      []Mark          // noted by the History; at most 32
	Phases     []quorums.Phase // those that wait for a quorum

	// Resolve is [Protocol.Resolve]. nil: the limits are those of the scenario; where it
	// names none on time, a run lasts at most a million ticks after the last fault.
	Resolve func(s *Scenario) (Plan, []Problem)
	// Actor makes the state in which every actor starts, and in which it comes back from
	// a crash. It is called once, when a world is made. Each actor gets a copy: by an
	// assignment, or by its method CopyFrom, see [abilities.Copier]. nil: the zero A.
	Actor func(s *Scenario, p Plan) A
	// New makes one actor, in place of Actor, each time that it starts or restarts: for
	// a state that cannot be copied, such as one of somebody else's library.
	New func(s *Scenario, p Plan, id ID) A
	// Around runs a handler, or New, by calling handle. Before that and after it, Around can
	// put in order what a library keeps for all its actors at once; it can use env. Only one
	// world of the process is within an Around at a time. nil: there is nothing to put in
	// order, and handlers run side by side.
	Around func(env *Env[M, D], handle func())
	// History makes what watches the invariants that the scenario switches on
	// ([Scenario.Watches]); run names values and tells the number of the event. It is
	// called when a world is made; before each run the world calls its Reset. nil:
	// nothing is watched.
	History func(s *Scenario, run Watched) History[M, D]
	// Goal is what a run must reach to end before its limits: see [Goal]. nil: that all learn
	// the decision of instance 0, the only one that most protocols make.
	Goal func(s *Scenario) Goal
	// Scope is [Protocol].Scope: what an exhaustive look at a scenario goes through by
	// default. nil: [UsualScope].
	Scope func(s *Scenario) Scope
	// Alike is [Protocol].Alike; nil: nobody is.
	Alike func(s *Scenario, scope *Scope) Alike
	// Fade clears what an actor remembers and will never use again, within a scope: left says
	// what can still happen at it. An exhaustive look counts states that differ in nothing
	// else as one. It is checked: a mistake here is an error, and proves nothing wrong. nil:
	// all that an actor remembers counts.
	Fade func(a *A, left *Left)
	// Rounds is how the protocol speaks of its rounds.
	Rounds shown.Rounds
	// Guide is [Protocol.Guide]; nil: there is none.
	Guide func(s *Scenario, names Names) observe.Guide
	// Teller is [Protocol.Teller]; nil: there is none, and general sentences do.
	Teller func(s *Scenario, names Names, run []observe.Entry) observe.Teller
	// Board is [Protocol.Board]; nil: there is none.
	Board func(s *Scenario, names Names) board.Keeper
	// Actions is [Protocol.Actions]; nil: the arrival of each message that carries the
	// protocol forward ([Vocabulary].Actions), each decision and each crash.
	Actions func(s *Scenario) observe.Actions
}

// spec is what is left of a Spec without its type parameters.
type spec struct {
	name       string
	vocabulary Vocabulary
	settings   []Setting
	invariants []Invariant
	marks      []Mark
	phases     []quorums.Phase
	resolve    func(s *Scenario) (Plan, []Problem)
	rounds     shown.Rounds
}

// Define makes a protocol of its description. P is the pointer to A; it is
// always inferred. It panics if the message, the actor or the record has a method
// with the name of an ability, such as [abilities.Fielder], and another signature, or if there
// are both Spec.Actor and Spec.New.
func Define[A any, M Message, D Record, P Actor[A, M, D]](d Spec[A, M, D]) Protocol {
	checkAbilities[A, M, D](reflect.TypeFor[P]())
	if d.Actor != nil && d.New != nil {
		panic("sim: " + d.Name + ": expected one of Spec.Actor and Spec.New, and there are both")
	}
	p := &protocol[A, M, D, P]{
		spec:    spec{d.Name, d.Vocabulary, d.Settings, d.Invariants, d.Marks, d.Phases, d.Resolve, d.Rounds.Whole()},
		actor:   d.Actor,
		create:  d.New,
		around:  d.Around,
		history: d.History,
		goal:    d.Goal,
		scope:   d.Scope,
		alike:   d.Alike,
		fade:    d.Fade,
		guide:   d.Guide,
		teller:  d.Teller,
		board:   d.Board,
		actions: d.Actions,
	}
	return p
}

type protocol[A any, M Message, D Record, P Actor[A, M, D]] struct {
	spec
	actor   func(s *Scenario, p Plan) A
	create  func(s *Scenario, p Plan, id ID) A
	around  func(env *Env[M, D], handle func())
	history func(s *Scenario, run Watched) History[M, D]
	goal    func(s *Scenario) Goal
	scope   func(s *Scenario) Scope
	alike   func(s *Scenario, scope *Scope) Alike
	fade    func(a *A, left *Left)
	guide   func(s *Scenario, names Names) observe.Guide
	teller  func(s *Scenario, names Names, run []observe.Entry) observe.Teller
	board   func(s *Scenario, names Names) board.Keeper
	actions func(s *Scenario) observe.Actions
}

func (p *protocol[A, M, D, P]) Name() string            { return p.name }
func (p *protocol[A, M, D, P]) Vocabulary() *Vocabulary { return &p.vocabulary }
func (p *protocol[A, M, D, P]) Settings() []Setting     { return p.settings }
func (p *protocol[A, M, D, P]) Invariants() []Invariant { return p.invariants }
func (p *protocol[A, M, D, P]) Marks() []Mark           { return p.marks }
func (p *protocol[A, M, D, P]) Phases() []quorums.Phase { return p.phases }
func (p *protocol[A, M, D, P]) Rounds() shown.Rounds    { return p.rounds }

// TellsRounds implements [Protocol].
func (p *protocol[A, M, D, P]) TellsRounds() bool {
	return reflect.TypeFor[M]().Implements(reflect.TypeFor[abilities.Rounder]())
}

// Guide implements [Protocol].
func (p *protocol[A, M, D, P]) Guide(s *Scenario, names Names) observe.Guide {
	if p.guide == nil {
		return nil
	}
	return p.guide(s, names)
}

// Teller implements [Protocol].
func (p *protocol[A, M, D, P]) Teller(s *Scenario, names Names, run []observe.Entry) observe.Teller {
	if p.teller == nil {
		return nil
	}
	return p.teller(s, names, run)
}

// Board implements [Protocol].
func (p *protocol[A, M, D, P]) Board(s *Scenario, names Names) board.Keeper {
	if p.board == nil {
		return nil
	}
	return p.board(s, names)
}

// Resolve implements [Protocol].
func (p *protocol[A, M, D, P]) Resolve(s *Scenario) (Plan, []Problem) {
	if p.resolve != nil {
		return p.resolve(s)
	}
	plan := Plan{TimeLimit: s.Limits.Time}
	if plan.TimeLimit == 0 {
		plan.TimeLimit = s.LastFault() + 1_000_000
	}
	return plan, nil
}

// Goal implements [Protocol].
func (p *protocol[A, M, D, P]) Goal(s *Scenario) Goal {
	if p.goal == nil {
		return Goal{Instances: 1}
	}
	g := p.goal(s)
	g.Instances = max(g.Instances, 1)
	return g
}

// Scope implements [Protocol].
func (p *protocol[A, M, D, P]) Scope(s *Scenario) Scope {
	if p.scope == nil {
		return UsualScope(&p.vocabulary)
	}
	return p.scope(s)
}

// Alike implements [Protocol].
func (p *protocol[A, M, D, P]) Alike(s *Scenario, scope *Scope) Alike {
	if p.alike == nil {
		return Alike{}
	}
	return p.alike(s, scope)
}

// New implements [Protocol].
func (p *protocol[A, M, D, P]) New(given *Scenario) (Runner, error) {
	s := *given
	plan, problems := p.Resolve(&s)
	problems = append(s.Check(), problems...)
	if len(problems) > 0 {
		errs := make([]error, len(problems))
		for i, pr := range problems {
			errs[i] = fmt.Errorf("%s: %s", pr.Path, pr.Text)
		}
		return nil, errors.Join(errs...)
	}
	s.Limits.Time = plan.TimeLimit
	if s.Limits.Events == 0 {
		s.Limits.Events = plan.Events(s.Actors)
	}
	var template A
	var factory func(id ID) A
	switch {
	case p.create != nil:
		factory = func(id ID) A { return p.create(&s, plan, id) }
	case p.actor != nil:
		template = p.actor(&s, plan)
	}
	team, err := newActors[A, M, D, P](s.Actors, template, factory)
	if err != nil {
		return nil, err
	}
	w := &World[M, D]{
		scenario: &s,
		limits:   s.Limits,
		spec:     p.spec,
		n:        s.Actors,
		states:   team,
		around:   p.around,
		plain:    p.create == nil && p.around == nil,
		handles:  holdsMemory[M]() || holdsMemory[D](),
		crashes:  scheduler.Coin(s.Crashes.Chance.Threshold()),
		faults:   newFaults(&s),
		clients:  newClients(&s),
		actors:   make([]Env[M, D], s.Actors+1),
	}
	w.membership = membership{members: s.members(), doomed: s.doomed(), learnedAt: make([]Time, s.Actors+1)}
	w.calmAt, w.bound = s.CalmTime(), plan.Bound
	w.weather, w.fullNetwork, w.copies = s.Network, s.fullNetwork(), uint8(max(s.Network.Copies, 1))
	w.links = links.New(s.Actors, &s.Network)
	if s.Core != nil {
		w.named = ids.Of(s.Core.IDs)
	}
	w.aim.w, w.onLinks.w = w, w
	w.reach.faultStates, w.reach.s = &w.faults, &s
	w.net = weather.NewOdds(s.Network, w.models.Weights(s.Network.Delay()))
	for i := range w.actors {
		e := &w.actors[i]
		e.w, e.self, e.actor = w, ID(i), team.member(ID(i))
		if w.around != nil {
			e.actor = newRinged(w, e.actor)
		}
		e.mine = scheduler.MakeKey(0, 0, uint16(i), 0, 0)
		e.alarm = eventKey(observe.TimedOut, 0, ID(i), 0)
	}
	if p.history != nil {
		w.uncounted = func() History[M, D] { return p.history(&s, Watch(w, &w.events)) }
	}
	if s.Invariants == nil || len(s.Invariants) > 0 {
		w.checks = w.counter()
	}
	w.queue.Most = mostWaiting(w.n)
	goal := p.Goal(&s)
	w.instances.goal, w.learners = goal.Instances, ids.Of(goal.Learners)
	w.Reset(0, nil)
	return w, nil
}
