package scenarios

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// forever is how the file says that a fault never ends.
const forever = int64(faults.Forever)

// usualTick is the tick of a file that names none, in nanoseconds.
const usualTick = 100_000

// newTable makes the table of what a file can say. It depends on the protocol,
// whose settings are a section.
func newTable(p sim.Protocol) []field[Scenario] {
	type S = Scenario
	fields := []field[S]{
		optional("teaches", "what a run of it teaches", freeText("one line of text", 200, true),
			at(func(s *S) *string { return &s.Teaches }), ""),
		groupField(),
		required("actors", "how many actors there are, numbered from 1", count(1, sim.MaxActors),
			whole(func(s *S) *int { return &s.Actors })),
		optional("members", "the actors whose acks are counted, and that form quorums; the others answer and learn as well", allOr(actorList()),
			at(func(s *S) *[]sim.ID { return &s.Members }), nil),
		optional("tick", "the unit of virtual time; every other time is a multiple of it", tickLength(),
			at(func(s *S) *int64 { return &s.Tick }), usualTick),
	}
	if phases := p.Phases(); len(phases) > 0 {
		fields = append(fields, quorumsField(phases))
	}
	if m, ok := p.(sim.Mutable); ok {
		fields = append(fields, mutantField(m))
	}
	if settings := p.Settings(); len(settings) > 0 {
		fields = append(fields, section(p.Name(), "settings of the protocol", settingFields(settings)...))
	}
	fields = append(fields,
		section("network", "how messages travel from one actor to another",
			optional("delay", "how long a message is on its way: one time, uniform from the least to the greatest, or by a model", delayKind(),
				lens[S, delays.Delay]{
					func(s *S) delays.Delay { return s.Network.Delay() },
					func(s *S, v delays.Delay) {
						s.Network.DelayMin, s.Network.DelayMax, s.Network.Shape = v.Min, v.Max, v.Shape
					},
				}, delays.Delay{}),
			optional("loss", "chance that a message is lost", anyChance(),
				whole(func(s *S) *scheduler.Probability { return &s.Network.Loss }), 0),
			optional("duplicate", "chance that a message that is not lost is doubled: a copy travels as well, which may be lost in its turn", anyChance(),
				whole(func(s *S) *scheduler.Probability { return &s.Network.Duplicate }), 0),
			optional("copies", "how often a message may arrive beside itself: a copy may be doubled in its turn", count(1, weather.MaxCopies), copiesPlace(), 1),
			optional("corrupt", "chance that a message arrives damaged, which is noticed: it is dropped", anyChance(),
				whole(func(s *S) *scheduler.Probability { return &s.Network.Corrupt }), 0),
			optional("forge", "chance that a message arrives as if another had sent it; outside the model of "+shown.Title(p.Name()), anyChance(),
				whole(func(s *S) *scheduler.Probability { return &s.Network.Forge }), 0),
			placesField(),
			optional("bias", "the greatest delay that a link adds to that of each message, the same in the whole run, uniform from 0", duration(0, maxDelay),
				whole(func(s *S) *sim.Time { return &s.Network.Bias }), 0),
			optional("fifo", "messages on a link keep their order", truth(),
				yes(func(s *S) *bool { return &s.Network.FIFO }), 0),
			optional("capacity", "how many messages are on a link at most", or(count(1, links.MaxCapacity), unlimited, 0),
				whole(func(s *S) *int { return &s.Network.Capacity }), 0),
			optional("evict", "which message a full link drops: the newest, which is the one that is sent, or the oldest", word("newest", "oldest"),
				yes(func(s *S) *bool { return &s.Network.EvictOldest }), 0),
		),
		section("disk", "how the disk of each actor behaves",
			optional("sync", "how long a save takes", duration(0, maxDelay),
				whole(func(s *S) *sim.Time { return &s.Disk.Sync }), 0),
		),
		section("crashes", "crashes by chance",
			optional("chance", "chance that an actor crashes, before each effect that others can see; in searched runs also after each event", anyChance(),
				whole(func(s *S) *scheduler.Probability { return &s.Crashes.Chance }), 0),
			optional("down", "how long it is then down: one time, or uniform from the least to the greatest", spans(),
				lens[S, span]{
					func(s *S) span { return span{s.Crashes.DownMin, s.Crashes.DownMax} },
					func(s *S, v span) { s.Crashes.DownMin, s.Crashes.DownMax = v.least, v.greatest },
				}, span{}),
		),
		optional("until", "from when on what happens by chance is over", or(duration(1, sim.MaxTime), never, 0),
			whole(func(s *S) *sim.Time { return &s.Until }), 0),
		periodsField(),
		optional("core", "for whom the weather then calms; any: for as many members as are a quorum of every phase, drawn by chance. What is broken outside stays broken", coreKind(),
			at(func(s *S) **aims.Target { return &s.Core }), nil),
		optional("spare", "who is kept from going down for good; quorum: as many members as are a quorum of every phase", word("nobody", "quorum"),
			yes(func(s *S) *bool { return &s.SpareQuorum }), 0),
		faultsField(p),
		requestsField(p.Vocabulary()),
		section("limits", "what ends a run that does not end by itself",
			optional("time", "the last virtual time at which something happens", or(duration(1, sim.MaxTime), auto, 0),
				whole(func(s *S) *sim.Time { return &s.Limits.Time }), 0),
			optional("events", "the greatest number of events", or(count(1, sim.MaxEvents), auto, 0),
				whole(func(s *S) *uint64 { return &s.Limits.Events }), 0),
			optional("linger", "how long a run goes on after it has reached its end by itself", duration(0, sim.MaxTime),
				whole(func(s *S) *sim.Time { return &s.Limits.Linger }), 0),
		),
		optional("invariants", "what must hold after every event", invariantsKind(p),
			at(func(s *S) *[]string { return &s.Invariants }), nil),
	)
	return append(fields, statedFields(p)...)
}

// maxDelay is the longest delay, save and spell of being down, in ticks.
const maxDelay = sim.Time(1)<<31 - 1

// Words that stand for values.
const (
	auto  = "auto"  // to be computed
	never = "never" // at no time

	unlimited = "unlimited" // any number
)

// anyChance is a probability from 0 to 1.
func anyChance() kind[int64] { return chance(0, int64(scheduler.Certain)) }

// copiesPlace is where the copies of a message are kept: none is one.
func copiesPlace() lens[Scenario, int64] {
	return lens[Scenario, int64]{
		func(s *Scenario) int64 { return int64(max(s.Network.Copies, 1)) },
		func(s *Scenario, v int64) {
			if s.Network.Copies = int(v); v == 1 {
				s.Network.Copies = 0
			}
		},
	}
}

// requestFields are what a file says of one request. What is to be done it says only
// where the protocol has operations.
func requestFields(w *sim.Vocabulary) []field[sim.ScriptedRequest] {
	type A = sim.ScriptedRequest
	fields := []field[A]{
		always(optional("actor", "who is asked; any: drawn by chance", or(actor(), "any", 0),
			at(func(a *A) *sim.ID { return &a.Actor }), 0)),
		always(optional("at", "when; of two times, and by a model, each run draws it anew", askingTime(),
			lens[A, asking]{
				func(a *A) asking { return asking{a.At, a.Spread} },
				func(a *A, v asking) { a.At, a.Spread = v.at, v.spread },
			}, asking{})),
		optional("value", "the name of the value to decide; left out: made of the actor's number and a letter", valueName(),
			at(func(a *A) *string { return &a.Name }), ""),
	}
	if len(w.Operations) == 0 {
		return fields
	}
	return append(fields,
		always(optional("do", "what is asked for", word(w.Operations...),
			whole(func(a *A) *uint8 { return &a.Do }), 0)),
		optional("key", "the name of what it is done to", valueName(),
			at(func(a *A) *string { return &a.Key }), ""))
}

// settingFields are the settings of a protocol.
func settingFields(settings []sim.Setting) []field[Scenario] {
	fields := make([]field[Scenario], len(settings))
	for i, s := range settings {
		place := at(func(s *Scenario) *int64 { return &s.Settings[i] })
		k := settingKind(s)
		if s.Default == sim.Auto {
			k = or(k, auto, sim.Auto)
		}
		fields[i] = optional(s.Name, s.Doc, k, place, s.Default)
	}
	return fields
}

// settingKind is how a setting is written.
func settingKind(s sim.Setting) kind[int64] {
	switch s.Kind {
	case sim.Bool:
		return truth()
	case sim.Count:
		return count(s.Min, s.Max)
	case sim.Duration:
		return duration(sim.Time(s.Min), sim.Time(s.Max))
	case sim.Chance:
		return chance(max(s.Min, 0), min(s.Max, int64(scheduler.Certain)))
	case sim.Word:
		return word(s.Words...)
	}
	panic("scenarios: setting " + s.Name + " is of no kind that is known")
}

func invariantNames(p sim.Protocol) []string {
	var list []string
	for _, i := range p.Invariants() {
		list = append(list, i.Name)
	}
	return list
}
