// Package play is the session behind the page of paxsim play: it opens runs, changes
// them, and answers what the page asks. Requests and replies are JSON, so the same
// session serves a page over loopback and, as wasm, inside a worker of the page.
//
//	page --request--> Session.Do --> stepper.Stepper --> sim.Runner
//	  ^                   |              the run, its answers, its past
//	  +----- reply -------+--> view.Recorder: the page's data of the run
//
// # The protocol, version 1
//
// A request is an object with the field "do". A reply has the same "do", or "mistakes"
// and nothing else: a mistake has changed nothing. Runs are told apart by "run", a
// number that open and fork give. Numbers of events and ticks are JSON numbers. Seeds
// are texts, because JavaScript would round them. The fields of both are those of
// [Request] and [Reply]; unknown fields are mistakes.
//
//	{"do":"library"}
//	    version, limits, and what there is to open: scenarios, mutants, families
//	{"do":"open","scenario":"literal-acks"}      a scenario of the library, in calm
//	{"do":"open","text":"paxsim: 1\n…"}          a scenario that somebody has written
//	{"do":"open","file":"{…}"}                   a run file or a story: what a link holds
//	    with a scenario or text also: "set", "calm", "mutant", "only", "seed", "engine"
//	{"do":"page","run":1,"from":1}               the page's data, from an event on
//	{"do":"moment","run":1,"at":12}              how all stands after event 12, and acts
//	{"do":"act","run":1,"at":12,"act":{…}}       change the run
//	{"do":"undo","run":1}                        take the last act back
//	{"do":"fork","run":1}                        a second run, equal to the first
//	{"do":"parting","run":1,"other":2}           where two runs part, and why
//	{"do":"board","run":1,"at":12}               the board of the protocol as text, if it has one
//	{"do":"save","run":1}                        the run file, for a link and for replay
//	{"do":"close","run":1}                       forget a run
//
// # Runs
//
// The replies to open, act, undo and fork hold "state", a [State]: the digest of the
// run, how it ends, its chosen answers, and how many acts can be taken back. After undo
// the digest is the one of before. They hold "page" too, except fork: the page of the
// new run is that of the old.
//
// # Pages
//
// "page" is what view.Write puts into a page as an element of "runs", with "keep" in
// front: how much of the page's old data stays.
//
//	{"keep":{"events":12,"texts":40,"deeds":31}, "about":{…}, "events":[…]}
//
// Keep the first 12 lines of events, the first 40 texts and the first 31 deeds, six
// numbers each, and append what "about" and "events" hold. All else in "about" is whole.
// The first line of events tells its number and time from the last event that is kept.
// A whole page keeps nothing. "whats" is as in view.Write, and comes with open.
//
// A page holds a window of [Limits].Window events. A run with more says so in its note;
// "page" with another "from" is a page of its own.
//
// # Acts
//
// A moment lists the acts that are possible there. Each has "text", which a menu shows
// ("lose Accept 2.1 to 5"), and "name", the choice behind it ("lost Accept 2>5 #1"). It
// also says where it belongs: the event that asks, the index of an effect in that event's
// line, an actor, a peer. To act, send the act back: its "name" and "answer", or "take",
// are what counts. The rest may be left out. An act with "range" lets the page choose
// "answer". With "for" a crash may last longer: "ticks" of the request says how long.
//
//	"act":{"name":"lost Accept 2>5 #1","answer":1}
//	"act":{"name":"lost Accept 2>5 #1"}                 not lost: no answer is 0, the calm one
//	"act":{"name":"delay Accept 2>5 #1","answer":50}    50 ticks more than the least
//	"act":{"name":"crash Accept 2>5 #1","answer":1},"ticks":500
//	"act":{"take":"deliver Accept 2>5 #1"}              in a searched run, from "next"
//	"act":{"edit":"pause 3"},"ticks":500                at the place "at"; without ticks until it is healed
//
// "at" is the place of the page. A take happens there. A choice is where it is, whatever
// "at" says; then "at" is only where an undo comes back to. The reply says in "event"
// which event asks for it, or was taken, and in "said" what the act did, in a sentence.
//
// With "event", "effect" or "actor" a moment lists only what can be done at that place:
// all about that event's arrival or alarm and what its handler sent; about one message;
// about one actor; with "peer" too, about the links between two. Without them it lists what
// belongs to the event "at". Edits, which are done after the event "at", are among the acts
// of an actor and of a link. What is in force there and can be healed always is. What is
// listed is accepted, except an edit that makes the run longer than [Limits].Events. In a
// searched run each edit is tried before it is listed.
//
// # Transports
//
// The data of the page, <script id="data">, has "path", where requests are posted beside
// the page, and "opens", the request that it sends first. Without a path the engine is in
// the page, and runs in a worker: page/engine.js of package view. Either answers one
// request at a time, in their order. Each page has a session of its own.
//
// A link is the run file of "save": #run= and the base64url of its deflate-raw.
//
// # Changes of this protocol
//
// This section lists the changes. It raises [Version] once play has been released.
//
//   - An act may have "edit": a pause, a cut, a clog, a crash, a restart or a heal at the
//     place of the page. A moment takes "peer" beside "actor". Edits are in "chosen".
//   - A request to open may have "only". The text of an edit in "chosen" has its time in
//     the units of the page.
//   - The board comes with the page's data. The request "board" gives it as text.
//   - "opens" is in the data of the page, no more in "library".
package play

// Version is that of the protocol.
const Version = 1
