// Package sim is the world in which a protocol runs: actors, a network between
// them, a disk and an alarm clock for each, clients, and everything that can go
// wrong with these. It knows no protocol.
//
//	Queue.Pop ──▶ World.steps ─▶ Actor.Receive(env, from, m)
//	  ▲                              │
//	  │                              ▼
//	Queue.Push ◀── Odds.Fate ◀── Env.Send, Env.Broadcast, Env.After
//	                   ▲             Env.Save ──▶ disk, history
//	                   │             Env.Decide ──▶ outcome, history
//	             Source (chance)
//
// A run is a function of its [Scenario] and of the answers to its choices. It
// leaves chance one door ([scheduler.Source]) and condenses all that happens
// into a digest ([Outcome]).
//
// Two contracts meet here. A protocol gives a [Message], a [Record] and an
// [Actor], and asks its [Env] for effects; [Define] makes them a [Protocol].
// The rooms above see nothing of a protocol but that: they make a [Runner] of a
// scenario, Reset it, Run it, and read the Outcome.
package sim
