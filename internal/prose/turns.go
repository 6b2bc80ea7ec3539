package prose

import "regexp"

// Turn is a turn of phrase that makes a reader read twice, and what to write in its
// place.
type Turn struct {
	Name, Instead string
	is            *regexp.Regexp
}

// fine are turns that look like one of those to avoid and are plain.
var fine = regexp.MustCompile(`(?i)\bno more than\b|\bstands? (?:in )?for\b|\bstands? still\b|\bstood still\b|\btold apart\b|\bstand-ins?\b`)

// turns are those that a script can know. A page may still read badly without any.
var turns = []Turn{
	turn("comes to", "results in, reaches, ends with; or say the outcome", `(?:comes?|came|coming) to\b`),
	turn("stands", "is, is written; for a state: is up, is down", `(?:stands?|stood)\b`),
	turn("befalls", "happens to", `bef[ae]ll?s?\b|befallen`),
	turn("but for", "except, except for", `but for\b`),
	turn("is told", "hears, learns; or say who tells it", `(?:is|are|was|were|be|being) told\b`),
	turn("of which", "begin a new sentence", `of (?:which|whom)\b`),
	turn("who without a noun", "name the person: readers who, an actor that", `for who \w|(?:is|are) who (?:alone|has|is)\b|(?:of|to|by|from|as|than|that|and|but|if) who (?:has|have|is|are|was|does|do|did|wants?|knows?|reads?|listens?|looks?|asks?|waits?)\b`),
	turn("who begins", "name the person: whoever has, anyone who", `(?-i:^Who) [a-z]+\b[^?]*$`),
	turn("for: because", "because, since", `[,;:] for (?:it|he|they|there|nobody|nothing|any two|this is|that is|whoever|else)\b`),
	turn("otherwise than", "differently from, unlike", `otherwise than\b|as ever\b`),
	turn("no more", "no longer", `(?:does|do|is|are|keeps|knows|so) no more\b`),
	turn("so that of", "begin a new sentence", `so that of\b`),
	turn("somewhen", "at some time; by and by: in time, step by step", `somewhen\b|by and by\b`),
	turn("for want of", "because there is no", `for want of\b`),
	turn("save", "except", `\b(?:all|nothing|none|everything) save\b`),
	turn("words of contracts", "say it in two sentences", `\b(?:hereof|thereof|thereby|wherein|therein|whereof|whence|hence|lest|albeit)\b`),
}

func turn(name, instead, is string) Turn {
	return Turn{name, instead, regexp.MustCompile(`(?i)(?:\b|^)(?:` + is + `)`)}
}
