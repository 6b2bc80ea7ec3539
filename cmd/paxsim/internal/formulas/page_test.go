package formulas

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/plot"
	"github.com/paxsim/paxsim/sim/explain/say"
)

var update = flag.Bool("update", false, "write docs/numbers.md and its pictures")

// TestPage holds docs/numbers.md and its pictures to the byte: every run of these
// is a function of its seed.
func TestPage(t *testing.T) {
	t.Parallel()
	page := pageText(t)
	for name, want := range map[string][]byte{
		"numbers.md": []byte(page), "numbers-x.svg": picture(t, xPicture(xPoints(t))), "numbers-loss.svg": picture(t, lossPicture(losses(t))),
	} {
		file := "../../../../docs/" + name
		got, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		switch {
		case bytes.Equal(got, want):
		case *update:
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("docs/%s is not what the runs say: go test ./cmd/paxsim/internal/formulas -update rewrites it", name)
		}
	}
}

func picture(t testing.TB, c *plot.Curves) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.SVG(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rows is a table for a page. The first row is its head; all but the first
// column stand at the right.
func rows(list [][]string) string {
	var b strings.Builder
	for i, row := range list {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|---" + strings.Repeat("|--:", len(row)-1) + "|\n")
		}
	}
	return b.String()
}

const pageHead = `<!-- made by go test ./cmd/paxsim/internal/formulas -update -->
# Numbers, held against theory

What can be computed with a pencil, a simulator must show. For each law this page says where it comes from and what the runs show, %s of them, under the seeds from 1 on. It also says how far the two may differ in the test. The page is made by

` + "```" + `
go test ./cmd/paxsim/internal/formulas -update
` + "```" + `

and the same command without ` + "`-update`" + ` makes all runs again, holds every law, and the page to the byte. A standard error is that of the mean of the runs; four of them are passed by chance once in 16,000. N is how many actors there are, q how many are a quorum (a majority), d the time that a message takes.

`

// total is how many runs the page rests on.
func total() uint64 {
	return uint64(len(fanOuts)*4 + len(xs)*xRuns + 3*duelRuns + backoffRuns + 4*waitRuns + 2*7*2*lossRuns)
}

func pageText(t testing.TB) string {
	return fmt.Sprintf(pageHead, say.Count(total())) + strings.Join([]string{
		countSection(counts(t)), xSection(xPoints(t)), xAutoSection(xTable(t)), duelSection(duels(t)), backoffSection(backoffs(t)), waitSection(promiseWaits(t)), lossSection(losses(t)),
	}, "\n")
}

func countSection(list []count) string {
	table := [][]string{{"Accept goes to", "messages", "N = 3", "5", "7", "9", "delays"}}
	for i, f := range fanOuts {
		row := []string{"`" + f.name + "`", f.terms}
		for _, c := range list {
			if c.fanOut == i {
				row = append(row, fmt.Sprint(c.sent))
			}
		}
		table = append(table, append(row, fmt.Sprint(list[i*4].delays)))
	}
	return `## Messages and delays of a calm decision

Nothing is lost, all messages take d, actor 1 proposes. Prepare goes to the N-1 others, a Promise comes back from each, Accept goes to as many as the fan-out says, and each acceptor tells its acceptance to the N-1 others. By ` + "`quorum`" + ` that is the q that had promised when they were enough, the proposer among them: q-1 Accepts are sent, and q actors tell. Everybody learns after 4 delays.

` + rows(table) + `
Held to the one, by ` + "`TestCounts`" + `.
`
}

func xSection(points []xPoint) string {
	best := bestX(points)
	table := [][]string{{"x", "mean decide time, ticks", "standard error", "(1-p)/p + 4d", "rounds a decision"}}
	var auto *xPoint
	for i := range points {
		p := &points[i]
		name, small := fmt.Sprintf("%.3f", p.x), "-"
		if p.auto {
			auto = p
			name = fmt.Sprintf("**x\\* = %.4f**", p.x)
		}
		if p.x <= 2*xSmall {
			small = fmt.Sprintf("%.2f", p.small())
		}
		table = append(table, []string{name, fmt.Sprintf("%.2f", p.decide.mean()), fmt.Sprintf("%.2f", p.decide.err()), small, fmt.Sprintf("%.2f", p.attempts.mean())})
	}
	return fmt.Sprintf(`## How eager to propose: the x-law

Every actor has a request and, while idle, takes the proposer role with chance x each tick; a round that meets a negative ack is given up. N = %d, d = %d ticks, %s runs a point.

- **Small x**: somebody begins in a tick with chance p = 1-(1-x)^N, and is left alone: E[T] = (1-p)/p + 4d. Held within %.0f %% up to x = %.3f.
- **Large x**: rounds disturb each other. A round survives if the N-1 others stay idle for about 2d ticks, with chance (1-x)^(2d(N-1)).
- **Between them** the best x is near x\* = 1/(2d(N-1)), which is what `+"`paxos.x: auto`"+` computes; [below](#where-the-x-law-holds) is where that is so. Held: the mean at x\* is at most %.0f %% above the best of the sweep; here it is %.1f %% above that at x = %.3f.
- **A U**: the mean falls with every step up to 0.008, rises with every step from 0.033 on, and is more than twice the best at both ends. Held as said.

`, xActors, xDelay, say.Count(xRuns), 100*xSmallOff, xSmall, 100*xBest, 100*(auto.decide.mean()/points[best].decide.mean()-1), points[best].x) +
		rows(table) + `
![The mean decide time over x: it falls to about x* and rises from there](numbers-x.svg)

Held by ` + "`TestXLaw`" + `. The same by hand: ` + "`paxsim sweep self-election --set actors=7 --set network.delay=500us --vary 'paxos.x=0.001..0.3*12' --runs 1000 --plot x.svg`" + `.
`
}

// hundredths is a mean as a plot takes it, with 2 decimals.
func hundredths(v float64) int64 { return int64(math.Round(100 * v)) }

func xPicture(points []xPoint) *plot.Curves {
	c := &plot.Curves{
		Frame: plot.Frame{Title: "How eager to propose", Subtitle: fmt.Sprintf("mean decide time over x, N = %d, d = %d ticks, %s runs a point", xActors, xDelay, say.Count(xRuns)),
			Note: "go test ./cmd/paxsim/internal/formulas"},
		X: plot.Axis{Label: "x, the chance of an idle actor to propose, a tick", Decimals: 6, Log: true},
		Y: plot.Axis{Label: "ticks", Decimals: 2},
	}
	mean, small := plot.Series{Name: "mean decide time"}, plot.Series{Name: "(1-p)/p + 4d", Thin: true}
	var words []string
	for i := range points {
		p := &points[i]
		x := int64(math.Round(1e6 * p.x))
		mean.Points = append(mean.Points, plot.Point{X: x, Y: hundredths(p.decide.mean()), Title: fmt.Sprintf("x = %.4f: %.2f ticks", p.x, p.decide.mean())})
		small.Points = append(small.Points, plot.Point{X: x, Y: hundredths(p.small())})
		words = append(words, fmt.Sprintf("x = %.4f: %.2f", p.x, p.decide.mean()))
		if p.auto {
			c.At = []plot.Tick{{At: x, Text: "x* = 1/60"}}
		}
	}
	for _, x := range []string{"0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.3"} {
		var v float64
		fmt.Sscan(x, &v)
		c.X.Ticks = append(c.X.Ticks, plot.Tick{At: int64(math.Round(1e6 * v)), Text: x})
	}
	c.Series, c.Desc = []plot.Series{mean, small}, strings.Join(words, "; ")+"."
	return c
}

func duelSection(list []duel) string {
	table := [][]string{{"W", "undisturbed", "the law", "held within"}}
	for _, d := range list {
		table = append(table, []string{fmt.Sprintf("%dd", d.window/duelDelay), fmt.Sprintf("%.4f", d.undisturbed), fmt.Sprintf("%.4f", d.law()), fmt.Sprintf("± %.4f", d.tolerance())})
	}
	return fmt.Sprintf(`## The duel

Two proposers start at times uniform on (0, W). The one that starts first finishes undisturbed with probability (1 - 2d/W)² + ½ (1 - (1 - d/W)²). The other leaves it alone if it starts 2d later or more, because then its Prepare comes after the Accept. If it starts within d it has not heard of the first. Then it takes the same round, and wins half the time, by its number. N = 5, %s runs a window.

`, say.Count(duelRuns)) + rows(table) + "\nHeld within 4 standard errors, by `TestDuelLaw`.\n"
}

func backoffSection(list []*waits) string {
	table := [][]string{{"refusals in a row before", "window, ticks", "waits", "mean wait", "(W-1)/2", "held within", "chi² of tenths"}}
	for i, w := range list {
		before := fmt.Sprint(i)
		if i == len(list)-1 {
			before += " or more"
		}
		table = append(table, []string{before, fmt.Sprint(w.window), say.Count(uint64(w.wait.n)), fmt.Sprintf("%.2f", w.wait.mean()), fmt.Sprintf("%.1f", w.law()), fmt.Sprintf("± %.2f", w.tolerance()), fmt.Sprintf("%.1f", w.chi())})
	}
	return fmt.Sprintf(`## The back-off

With `+"`on_nack: retry`"+` a proposer that is refused waits for a time uniform on 0, 1, … W-1 ticks, and W doubles with every refusal in a row, up to the cap. So the starts of two that back off are as the duel wants them. Three proposers, a first window of %d ticks and a cap of %d, %s runs; chi² is Pearson's, over tenths of the window: 33.7 is passed by chance once in 10,000.

`, backoffWindow, backoffCap, say.Count(backoffRuns)) + rows(table) + "\nHeld within 4 standard errors, and chi² below 33.7, by `TestBackoffIsUniform`.\n"
}

func waitSection(list []wait) string {
	table := [][]string{{"N", "q", "mean wait, units", "H(N-1) - H(N-q)", "held within"}}
	for _, w := range list {
		table = append(table, []string{fmt.Sprint(w.n), fmt.Sprint(quorum(w.n)), fmt.Sprintf("%.4f", w.units.mean()), fmt.Sprintf("%.4f", w.law()), fmt.Sprintf("± %.4f", 4*w.units.err())})
	}
	return fmt.Sprintf(`## Waiting for a quorum

A proposer needs the q-th of N promises, its own among them, not the last: that is why a majority is fast. Where Promises take exponential times with a mean of one unit, and everything else next to none, phase 1 waits for the (q-1)-th of the N-1 others. After k of them the next takes 1/(N-1-k) units on average, so all in all H(N-1) - H(N-q), with H(n) = 1 + 1/2 + … + 1/n. The weather of Promises alone is exponential; a unit is %s ticks, other messages take %d; %s runs each.

`, say.Count(waitUnit), waitDelay, say.Count(waitRuns)) + rows(table) + "\nHeld within 4 standard errors, by `TestWaitForPromises`.\n"
}

func lossSection(list []lossPoint) string {
	table := [][]string{{"loss", "N = 2: until the proposer has learned", "the law", "N = 5: until the proposer has learned", "the bound", "N = 5: until everybody has learned"}}
	per := len(list) / 2
	for i := range per {
		two, five := &list[i], &list[per+i]
		table = append(table, []string{fmt.Sprintf("%d %%", two.percent), fmt.Sprintf("%.2f", two.messages.mean()), fmt.Sprintf("%.2f", two.law()),
			fmt.Sprintf("%.2f", five.messages.mean()), fmt.Sprintf("%.2f", five.law()), fmt.Sprintf("%.2f", five.all.mean())})
	}
	return fmt.Sprintf(`## What loss costs

Each message is lost with chance p; actor 1 proposes and repeats to those whose answer is missing until it has learned. If it waited for all, then for each of the N-1 others it would send

- 1/(1-p)² Prepares, for each serves if neither it nor its Promise is lost, which draws 1/(1-p) Promises;
- 1/(1-p)² Accepts likewise, each that arrives telling N-1 others: (N-1)/(1-p) Accepteds;

and N-1 Accepteds of its own:

> M(p) = 2(N-1)/(1-p)² + (N-1)/(1-p) + (N-1)²/(1-p) + N-1, which is (N-1)(N+3) for p = 0.

It waits for a quorum only. Of 2 actors that is both, and M is the mean; of more it is a bound, and far from it something else shows: **a little loss makes the proposer's decision cheaper**, because an acceptor that was not reached is not missed and tells nobody. It is others who pay: they have not heard, and find out by rounds of their own. So the messages until everybody has learned grow with every step of loss. %s runs a point.

`, say.Count(lossRuns)) + rows(table) + `
![Messages over loss: without it both numbers are 32; the proposer's fall at first, those of all grow](numbers-loss.svg)

Held by ` + "`TestLossLaw`" + `: of 2 actors the mean within 4 standard errors of the law, rising; of 5 no more than the bound; both to the one without loss; until everybody has learned rising, for 2 and for 5.
`
}

func lossPicture(list []lossPoint) *plot.Curves {
	per := len(list) / 2
	c := &plot.Curves{
		Frame: plot.Frame{Title: "What loss costs", Subtitle: fmt.Sprintf("messages a decision over loss, means of %s runs a point", say.Count(lossRuns)), Note: "go test ./cmd/paxsim/internal/formulas"},
		X:     plot.Axis{Label: "loss"},
		Y:     plot.Axis{Label: "messages", Decimals: 2, Log: true},
		Series: []plot.Series{
			{Name: "N = 5, all have learned"}, {Name: "N = 5, proposer has"}, {Name: "N = 2, proposer has"}, {Name: "M(p), N = 5", Thin: true}, {Name: "M(p), N = 2", Thin: true},
		},
	}
	var words []string
	for i := range per {
		two, five := &list[i], &list[per+i]
		x := int64(two.percent)
		c.X.Ticks = append(c.X.Ticks, plot.Tick{At: x, Text: fmt.Sprintf("%d%%", x)})
		for k, v := range []float64{five.all.mean(), five.messages.mean(), two.messages.mean(), five.law(), two.law()} {
			c.Series[k].Points = append(c.Series[k].Points, plot.Point{X: x, Y: hundredths(v), Title: fmt.Sprintf("%d%% loss: %.2f messages", x, v)})
		}
		words = append(words, fmt.Sprintf("%d%% loss: of 5 actors %.2f until the proposer has learned, %.2f until all have", x, five.messages.mean(), five.all.mean()))
	}
	c.Desc = strings.Join(words, "; ") + "."
	return c
}
