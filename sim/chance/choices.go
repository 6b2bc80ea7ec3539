package chance

// What a choice of the world asks: the first part of its key ([scheduler.Key.What]).
// A comment with "+1..3" says that the numbers after it ask the same of the copies of
// a message. The numbers are hashed: never change them.
const (
	Lost        = 0  // is the message lost? +1..3: its copies, each if it was made
	Doubled     = 4  // is it doubled? +1..2: its copies, up to the last but one
	Delay       = 8  // how many ticks above the least delay? +1..3
	Crash       = 12 // does the actor crash before it sends to this one?
	CrashSave   = 13 // … before it saves?
	CrashDecide = 14 // … before it makes its decision known?
	Kept        = 15 // how much of what was being written survives the crash?
	Down        = 16 // how many ticks above the least is it down?
	Pick        = 17 // which actor does the client ask?
	Bias        = 18 // how many ticks does this link add, in the whole run?
	When        = 19 // how many ticks after its earliest time does the client ask?
	Damaged     = 20 // does the message arrive damaged? +1..3: its copies
	Forged      = 24 // does it arrive as if another had sent it? +1..3
	Forger      = 28 // which other actor does it name as its sender? +1..3
	Gap         = 48 // how long until the fault strikes? 0: never
	Spell       = 49 // how many ticks above the least does it hold?
	Victim      = 50 // which actor does it strike?
	Side        = 51 // on which side of the cut is this actor?
	Core        = 52 // which actors have calm in the end?
	Leader      = 53 // which of them keeps the role of the proposer?
	CrashIdle   = 54 // does the receiver crash once it has handled this, before its next event? +1..3: its copies
	CrashOwn    = 58 // … once it has handled a request, an alarm or the end of a save?
	CrashAnswer = 59 // does it crash before it answers a client?
	Protocol    = 32 // +0..15: the choices of the protocol
)
