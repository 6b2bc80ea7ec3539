package links_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/weather"
)

// world is a world as links ask about it. It notes what they ask and drop.
type world struct {
	now     scheduler.Time
	calm    bool
	pick    func(n uint32) uint32
	picked  []scheduler.Key
	evicted []string
}

func (w *world) Now() scheduler.Time { return w.now }
func (w *world) Calm() bool          { return w.calm }

func (w *world) Pick(k scheduler.Key, n uint32) uint32 {
	w.picked = append(w.picked, k)
	return w.pick(n)
}

func (w *world) Evict(old links.Flight, key scheduler.Key) {
	w.evicted = append(w.evicted, drop(old, key))
}

func drop(old links.Flight, key scheduler.Key) string {
	return fmt.Sprintf("%v, at %v under %d", key, old.Key, old.Handle)
}

// message is the n-th message from one actor to another.
func message(from, to uint16, n uint32) scheduler.Key { return scheduler.MakeKey(2, 1, from, to, n) }

// TestNoTable: a network that asks for nothing of its links has no table.
func TestNoTable(t *testing.T) {
	for _, tt := range []struct {
		n    weather.Network
		want bool
	}{
		{weather.Network{DelayMax: 5, Loss: 1, Copies: 3, EvictOldest: true}, false},
		{weather.Network{FIFO: true}, true},
		{weather.Network{Capacity: 1}, true},
		{weather.Network{Bias: 1}, true},
	} {
		if got := links.New(3, &tt.n) != nil; got != tt.want {
			t.Errorf("%+v: a table: %v", tt.n, got)
		}
	}
}

// TestFIFO: messages on a link arrive in the order in which they were sent, each as
// early as that allows. Links do not wait for each other.
func TestFIFO(t *testing.T) {
	w := &world{}
	p := links.New(2, &weather.Network{FIFO: true})
	steps := []struct {
		at, delay scheduler.Time
		from, to  uint16
		arrives   scheduler.Time
		why       string
	}{
		{0, 10, 1, 2, 10, "the first"},
		{0, 4, 1, 2, 10, "it would overtake the first"},
		{0, 4, 2, 1, 4, "the other direction is another link"},
		{3, 9, 1, 2, 12, "it is later anyway"},
		{20, 1, 1, 2, 21, "nothing is on its way"},
	}
	for run := range 2 {
		p.Reset()
		for i, s := range steps {
			w.now = s.at
			if got := s.at + p.Delay(w, message(s.from, s.to, uint32(i+1)), s.delay); got != s.arrives {
				t.Errorf("run %d: message %d arrives at %d, want %d: %s", run, i+1, got, s.arrives, s.why)
			}
		}
	}
}

// TestCapacity: a full link drops the new message, or its oldest one, and what has
// arrived makes room. Once it is calm nothing is dropped.
func TestCapacity(t *testing.T) {
	for _, oldest := range []bool{false, true} {
		w := &world{}
		p := links.New(2, &weather.Network{Capacity: 2, EvictOldest: oldest})
		send := func(n uint32, want scheduler.Time, dropped ...string) {
			t.Helper()
			w.evicted = nil
			k := message(1, 2, n)
			got := p.Delay(w, k, 5)
			if got >= 0 {
				p.Enter(k, scheduler.Handle(100+n))
			}
			if got != want || !slices.Equal(w.evicted, dropped) {
				t.Errorf("oldest %v: message %d takes %d and drops %q, want %d and %q", oldest, n, got, w.evicted, want, dropped)
			}
		}
		send(1, 5)
		send(2, 5)
		p.SetHandle(message(1, 2, 1), 0) // it stands still
		if oldest {
			send(3, 5, drop(links.Flight{Key: message(1, 2, 1)}, message(1, 2, 1)))
			send(4, 5, drop(links.Flight{Key: message(1, 2, 2), Handle: 102}, message(1, 2, 2)))
			p.Leave(message(1, 2, 4))
		} else {
			send(3, -1, drop(links.Flight{}, message(1, 2, 3)))
			p.Leave(message(1, 2, 1))
		}
		send(5, 5)
		w.calm = true
		send(6, 5)
		send(7, 5)
	}
}

// TestBias: each link adds a delay of its own. It is asked once a run, by the name of
// the link, with one outcome more than its greatest delay.
func TestBias(t *testing.T) {
	w := &world{}
	p := links.New(3, &weather.Network{Bias: 9})
	for run := range 2 {
		p.Reset()
		w.picked = nil
		next := uint32(7 * run) // so that 0, too, is an answer that is kept
		w.pick = func(n uint32) uint32 {
			if n != 10 {
				t.Errorf("a choice among %d", n)
			}
			next++
			return (next - 1) % n
		}
		var want []scheduler.Key
		own := map[scheduler.Key]scheduler.Time{}
		for i := range uint32(30) {
			from, to := uint16(1+i%3), uint16(1+i/3%3)
			link := scheduler.MakeKey(chance.Bias, 0, from, to, 1)
			got := p.Delay(w, message(from, to, i), 5) - 5
			if _, is := own[link]; !is {
				own[link] = scheduler.Time(7*run + len(want))
				want = append(want, link)
			}
			if got != own[link]%10 {
				t.Errorf("run %d: link %v adds %d, want %d", run, link, got, own[link]%10)
			}
		}
		if !slices.Equal(w.picked, want) {
			t.Errorf("run %d: asked is %v, want %v", run, w.picked, want)
		}
	}
}

// TestSmallestBias: of a link that adds 0 or 1 tick, both are possible.
func TestSmallestBias(t *testing.T) {
	p := links.New(1, &weather.Network{Bias: 1})
	w := &world{pick: func(n uint32) uint32 { return n - 1 }}
	if got := p.Delay(w, message(1, 1, 1), 5); got != 6 {
		t.Errorf("it takes %d", got)
	}
}

// flight is a message on a link of the model.
type flight struct {
	key    scheduler.Key
	handle scheduler.Handle
}

// TestTable holds a table that keeps all at once against lists of what is on each link.
func TestTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := weather.Network{
			FIFO: rapid.Bool().Draw(t, "fifo"), EvictOldest: rapid.Bool().Draw(t, "oldest"),
			Capacity: rapid.IntRange(0, 3).Draw(t, "capacity"), Bias: scheduler.Time(rapid.IntRange(0, 2).Draw(t, "bias")),
		}
		n.FIFO = n.FIFO || n.Capacity == 0 && n.Bias == 0
		p, w := links.New(2, &n), &world{}
		w.pick = func(n uint32) uint32 { return uint32(rapid.IntRange(0, int(n-1)).Draw(t, "own delay")) }
		on := map[[2]uint16][]flight{}
		last := map[[2]uint16]scheduler.Time{}
		extra := map[[2]uint16]scheduler.Time{}
		for i := range uint32(rapid.IntRange(1, 40).Draw(t, "steps")) {
			link := [2]uint16{uint16(rapid.IntRange(1, 2).Draw(t, "from")), uint16(rapid.IntRange(1, 2).Draw(t, "to"))}
			old := message(link[0], link[1], uint32(rapid.IntRange(0, int(i)).Draw(t, "old")))
			at := slices.IndexFunc(on[link], func(f flight) bool { return f.key == old })
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0, 1:
				if p.Leave(old); at >= 0 {
					on[link] = slices.Delete(on[link], at, at+1)
				}
			case 2:
				if p.SetHandle(old, 0); at >= 0 {
					on[link][at].handle = 0
				}
			case 3:
				w.now += scheduler.Time(rapid.IntRange(0, 5).Draw(t, "pass"))
			case 4:
				w.calm = rapid.Bool().Draw(t, "calm")
			case 5:
				p.Reset()
				clear(on)
				clear(last)
				clear(extra)
			default:
				key := message(link[0], link[1], i+1)
				delay := scheduler.Time(rapid.IntRange(0, 9).Draw(t, "delay"))
				w.picked, w.evicted = nil, nil
				var answer uint32
				pick := w.pick
				w.pick = func(n uint32) uint32 { answer = pick(n); return answer }
				got := p.Delay(w, key, delay)
				w.pick = pick
				if n.Bias > 0 {
					if _, is := extra[link]; is != (len(w.picked) == 0) {
						t.Fatalf("asked is %v", w.picked)
					}
					if len(w.picked) > 0 {
						extra[link] = scheduler.Time(answer)
					}
				}
				want, dropped := delay+extra[link], []string(nil)
				if full := n.Capacity > 0 && len(on[link]) >= n.Capacity && !w.calm; full && n.EvictOldest {
					f := on[link][0]
					on[link] = on[link][1:]
					dropped = append(dropped, drop(links.Flight{Key: f.key, Handle: f.handle}, f.key))
				} else if full {
					want = -1
					dropped = append(dropped, drop(links.Flight{}, key))
				}
				if n.FIFO && want >= 0 {
					last[link] = max(last[link], w.now+want)
					want = last[link] - w.now
				}
				if got != want || !slices.Equal(w.evicted, dropped) {
					t.Fatalf("message %d takes %d and drops %q, want %d and %q", i, got, w.evicted, want, dropped)
				}
				if got >= 0 {
					p.Enter(key, scheduler.Handle(i+1))
					if n.Capacity > 0 {
						on[link] = append(on[link], flight{key, scheduler.Handle(i + 1)})
					}
				}
			}
		}
	})
}
