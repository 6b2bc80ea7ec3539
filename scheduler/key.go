package scheduler

import (
	"fmt"
	"strconv"
	"strings"
)

// Key names one choice of a run: what is asked, about which kind of thing,
// from whom to whom, and which time that is. It packs
//
//	what 6 bits | kind 4 | from 14 | to 14 | kind 2 | count 24
//
// The upper two bits of the kind are above the count, so that a key with one of the first
// 16 kinds is what it was when there were no more.
//
// The zero Key names nothing. What the numbers of what and kind mean is the
// business of the rooms above; [Key.String] prints numbers.
type Key uint64

// FewKinds is how many kinds of a thing most protocols do with: those below it have
// the short way.
const FewKinds = 1 << 4

// The greatest values that the parts of a [Key] can hold.
const (
	MaxWhat  = 1<<6 - 1
	MaxKind  = 1<<6 - 1
	MaxActor = 1<<14 - 1
	MaxCount = 1<<24 - 1
)

const (
	highShift = 24 // of the upper bits of the kind
	toShift   = highShift + 2
	fromShift = toShift + 14
	kindShift = fromShift + 14
	whatShift = kindShift + 4

	lowKind  = FewKinds - 1
	highKind = MaxKind &^ lowKind
)

// kindBits is the bits of a kind, 0..MaxKind, at their places.
func kindBits(kind uint8) Key {
	return Key(kind&lowKind)<<kindShift | Key(kind&highKind)<<(highShift-4)
}

// MakeKey packs a key. It panics if a part is too large: two choices would
// share a name, and with it an answer.
func MakeKey(what, kind uint8, from, to uint16, count uint32) Key {
	if uint32((what|kind)>>6)|uint32((from|to)>>14)|count>>24 != 0 {
		panic(keyRange{what, kind, from, to, count})
	}
	return Key(what)<<whatShift | kindBits(kind) | Key(from)<<fromShift | Key(to)<<toShift | Key(count)
}

// keyRange is the panic of a key with a part too large. It is written out only
// when somebody reads it: so MakeKey stays small enough to be inlined, and
// there checks nothing that is a constant.
type keyRange struct {
	what, kind uint8
	from, to   uint16
	count      uint32
}

// Error tells the parts.
func (r keyRange) Error() string {
	return fmt.Sprintf("scheduler: key out of range: what %d kind %d from %d to %d count %d", r.what, r.kind, r.from, r.to, r.count)
}

// What says what is asked, 0..63.
func (k Key) What() uint8 { return uint8(k >> whatShift) }

// Kind says about which kind of message, timer or record it is asked, 0..63.
func (k Key) Kind() uint8 {
	return uint8(k>>kindShift)&lowKind | uint8(k>>(highShift-4))&highKind
}

// From is the actor that is concerned first, 0 for none.
func (k Key) From() uint16 { return uint16(k>>fromShift) & MaxActor }

// To is the other actor concerned, 0 for none.
func (k Key) To() uint16 { return uint16(k>>toShift) & MaxActor }

// Count says which time this is asked, from 1.
func (k Key) Count() uint32 { return uint32(k) & MaxCount }

// WithWhat is the key that asks something else, 0..63, about the same thing.
func (k Key) WithWhat(what uint8) Key {
	if what > MaxWhat {
		panic(keyRange{what, k.Kind(), k.From(), k.To(), k.Count()})
	}
	return k&^(MaxWhat<<whatShift) | Key(what)<<whatShift
}

// WithTo is the key that asks the same about another receiver, 0..MaxActor.
// Whoever sends has looked that there is one.
func (k Key) WithTo(to uint16) Key {
	return k&^(MaxActor<<toShift) | Key(to&MaxActor)<<toShift
}

// WithFrom is the key of the same thing that concerns another actor first,
// 0..MaxActor.
func (k Key) WithFrom(from uint16) Key {
	return k&^(MaxActor<<fromShift) | Key(from&MaxActor)<<fromShift
}

// Numbered is the key, which has neither yet, with a kind below [FewKinds], and a
// count, 0..MaxCount. Whoever counts has looked that there is room.
func (k Key) Numbered(kind uint8, count uint32) Key {
	return k | Key(kind&lowKind)<<kindShift | Key(count&MaxCount)
}

// NumberedAny is Numbered for any kind, 0..MaxKind.
func (k Key) NumberedAny(kind uint8, count uint32) Key {
	return k | kindBits(kind) | Key(count&MaxCount)
}

// String prints the parts as numbers, "what.kind from>to #count", in a form
// that [ParseKey] reads back.
func (k Key) String() string {
	return fmt.Sprintf("%d.%d %d>%d #%d", k.What(), k.Kind(), k.From(), k.To(), k.Count())
}

// ParseKey reads what [Key.String] printed, and nothing else: a text that
// would print differently (a sign, a leading zero) is an error.
func ParseKey(s string) (Key, error) {
	var parts [5]uint64
	rest := s
	for i, limit := range [5]uint64{MaxWhat, MaxKind, MaxActor, MaxActor, MaxCount} {
		end := len(rest)
		if i < 4 {
			end = strings.Index(rest, [4]string{".", " ", ">", " #"}[i])
			if end < 0 {
				return 0, fmt.Errorf("key %q: expected the form %q", s, "4.2 1>3 #7")
			}
		}
		v, err := strconv.ParseUint(rest[:end], 10, 32)
		if err != nil || v > limit {
			return 0, fmt.Errorf("key %q: %q is no number from 0 to %d", s, rest[:end], limit)
		}
		parts[i] = v
		if i < 4 {
			rest = rest[end+len([4]string{".", " ", ">", " #"}[i]):]
		}
	}
	k := MakeKey(uint8(parts[0]), uint8(parts[1]), uint16(parts[2]), uint16(parts[3]), uint32(parts[4]))
	if k.String() != s {
		return 0, fmt.Errorf("key %q: expected it written %q", s, k)
	}
	return k, nil
}
