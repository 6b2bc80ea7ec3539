package simtest

import (
	"os"
	"sync"

	"github.com/paxsim/paxsim/sim/trace"
)

// latest is what Play found last in this process, by test, signature and folder. Fuzzing
// and rapid play many runs to make a failing one smaller, and the last is the one to
// keep.
var latest = struct {
	sync.Mutex
	finds map[string]*lately
}{finds: map[string]*lately{}}

// lately is what became of the finds of one test and signature.
type lately struct {
	files []string // that were made for the last
	best  *shrunk  // the smallest story of them; nil: none
	spent uint64   // how many events were played to make stories
}

// change lets a function look at what is known of finds, and change it.
func change(key string, f func(*lately)) {
	latest.Lock()
	defer latest.Unlock()
	if latest.finds[key] == nil {
		latest.finds[key] = &lately{}
	}
	f(latest.finds[key])
}

// replace takes note of the files that Play made for a find, and removes those that they
// replace.
func replace(key string, made []string) {
	if len(made) == 0 {
		return
	}
	change(key, func(l *lately) {
		for _, file := range l.files {
			_ = os.Remove(file) // one that stays is played first too
		}
		l.files = made
	})
}

// storyOf is the story of a find. Of the finds of Play that have one signature it is the
// smallest of them all, and from some time on no more are made.
func (x *settings) storyOf(f *trace.File) (*shrunk, error) {
	if x.key == "" {
		return x.shrink(f)
	}
	var best *shrunk
	enough := false
	change(x.key, func(l *lately) { best, enough = l.best, l.spent >= mostOfSignature })
	if best != nil { // of a scenario that may have been another
		best, _ = x.written(best.story.File())
	}
	if best != nil && enough {
		return best, nil
	}
	s, err := x.shrink(f)
	if s != nil {
		change(x.key, func(l *lately) { l.spent += s.work.Events })
	}
	if s.smaller(best) {
		best = s
	}
	if best == nil {
		return nil, err
	}
	change(x.key, func(l *lately) { l.best = best })
	return best, nil
}
