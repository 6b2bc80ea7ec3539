// Package trace writes runs down and reads them back.
//
//	World --Observe(Entry)--> Recorder    all entries, kept
//	                     \--> Steps       one event at a time, with what happened during it
//	                     \--> LineWriter --LineReader--> the same entries, from *.trace.jsonl
//	World --Outcome---------> File <--Encode, Decode--> *.run.json
//	                           \--Compare(Outcome)--> where a second run parts from the first
//
// A [File] holds what is needed to play a run again and to know whether it came
// out the same: the scenario's text, the source of its choices, and the digest
// at a few events. It does not hold the events. JSON lines do: an entry a line,
// between a [Header] and a [Trailer].
package trace

// The versions of what paxsim writes.
const (
	// Tool is the version of the program.
	Tool = "0.1.0"

	// TraceVersion numbers the meaning of a digest. Two runs under different
	// trace versions cannot be compared. Whatever moves digests on purpose
	// raises it. Version 4: an actor answers its clients, and may crash before it
	// does; until then they ask again.
	TraceVersion = 4

	// FileVersion numbers the format of run files.
	FileVersion = 1

	// LinesVersion numbers the format of traces as JSON lines. Version 3: an entry
	// tells the round that it belongs to.
	LinesVersion = 3
)
