package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/plain"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/shown"
)

// Protocol is a protocol as the rooms above know it: they see neither its
// messages nor its actors. [Define] makes one.
type Protocol interface {
	Name() string
	Vocabulary() *Vocabulary
	Settings() []Setting
	Invariants() []Invariant
	Marks() []Mark
	Phases() []quorums.Phase

	// Rounds is how the protocol speaks of its rounds, with nothing left out.
	Rounds() shown.Rounds
	// TellsRounds says whether its messages tell their rounds: see [abilities.Rounder].
	TellsRounds() bool
	// Guide makes what tells a run of a scenario to readers who are new to the
	// protocol; nil: there is none. names are those of the run.
	Guide(s *Scenario, names Names) observe.Guide
	// Teller makes what tells a short run of a scenario in sentences, event by event;
	// nil: there is none. names are those of the run, and run is all its entries.
	Teller(s *Scenario, names Names, run []observe.Entry) observe.Teller
	// Deviations lists where actors of a run of a scenario differ from what this protocol
	// would have done, in the order of the events. That is each thing that an actor left out,
	// up to the first thing that it did instead of another. From there on nobody knows what it
	// should do. The run may be one of another protocol with the same messages and records,
	// such as a mutant of this one. run is all its entries, as an observer sees them. What
	// cannot be known is left out: where actors cannot be copied, or where a handler asks a
	// choice.
	Deviations(s *Scenario, run []observe.Entry) []observe.Deviation
	// Board makes what follows the votes of a run of a scenario; nil: there is none.
	// names are those of the run.
	Board(s *Scenario, names Names) board.Keeper
	// Actions tells the actions of one run of a scenario.
	Actions(s *Scenario) observe.Actions

	// Resolve computes what the scenario leaves to the protocol, and lists
	// the mistakes in its settings.
	Resolve(s *Scenario) (Plan, []Problem)

	// Goal is what a run must reach: at least one instance. The scenario must be sound.
	Goal(s *Scenario) Goal

	// Scope is what the protocol suggests that an exhaustive look at a scenario goes
	// through.
	Scope(s *Scenario) Scope
	// Alike is which actors and values play the same part, within a scope.
	Alike(s *Scenario, scope *Scope) Alike
	// Model is the protocol in numbers, for an exhaustive look at a scenario within a scope.
	// group are the renamings under which states count as one. The first changes nothing; nil:
	// there is no other. It is an error if the scenario is not sound, or if the protocol keeps
	// a state that is not plain: see [plain.Plan].
	Model(s *Scenario, scope Scope, group []plain.Renaming, dead bool) (Model, error)

	// New makes a world. The scenario must be sound: see [Scenario.Check].
	New(s *Scenario) (Runner, error)
}

// Runner is a world that can be run again and again.
type Runner interface {
	// Reset makes ready for a run under a seed; source nil: the seed alone.
	Reset(seed uint64, source scheduler.Source)
	// Run runs to the end. What the Outcome points to is good until the next
	// Reset.
	Run() Outcome
	// Step handles one event and says whether the run goes on.
	Step() bool
	// Steps handles the next n events, if the run is not over before, and says
	// whether it goes on.
	Steps(n int) bool
	// Outcome is the state of the run so far, or how it ended.
	Outcome() Outcome
	// Search makes the runs from the next Reset on searched ones; nil: timed ones.
	Search(s *search.Search)
	// Deferrals is what the picker of the last searched run held back, in the order in which
	// it was handled, if that was recorded. With these deferrals a run without a picker is the
	// same.
	Deferrals() []search.Deferral
	// VoidDeferrals lists those of Search.Deferrals that did not apply in the last searched
	// run, which had no picker: the event never waited, or what it waited for never
	// came.
	VoidDeferrals() []search.Deferral
	// Observe attaches an observer, from the next Reset on.
	Observe(o observe.Observer)
	// ValueName is the name of a value.
	ValueName(v Value) string
	// Diagnosis tells, in a sentence for each actor that the run still waits for,
	// who waits for what: which messages, which alarm, which link. It is empty
	// once the run has reached its goal.
	Diagnosis() []string
	// InForce are the names of the faults that are in force and can be healed by an
	// edit, the last of the scenario's and of its edits at the end.
	InForce() []string
	// RoundText is the text of the round of a decision, Outcome.Under.
	RoundText(under Round) string
}

// RoundText implements [Runner].
func (w *World[M, D]) RoundText(under Round) string { return w.spec.rounds.Text(under) }
