package play

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim/explain/boards"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/trace"
)

// Session is the runs that a page has open. Its methods are called one at a time. The
// zero Session is not usable: see [New].
type Session struct {
	host   Host
	limits Limits
	runs   map[int]*run
	last   int // the number of the last run

	ctx context.Context // of the request that is worked on
}

// New is a session in which nothing is open.
func New(host Host, limits Limits) *Session {
	return &Session{host: host, limits: limits, runs: map[int]*run{}}
}

// unbounded ends nothing.
var unbounded = context.Background()

// wrong is a request that cannot be met, in as many mistakes as it has.
type wrong []Mistake

// Error implements error.
func (w wrong) Error() string { return w[0].Text }

func mistake(format string, args ...any) error { return wrong{{Text: fmt.Sprintf(format, args...)}} }

// methods are what can be asked for.
var methods = map[string]func(*Session, *Request, *Reply) error{
	"library": (*Session).library, "open": (*Session).open, "page": (*Session).page, "moment": (*Session).moment,
	"act": (*Session).act, "undo": (*Session).undo, "fork": (*Session).fork, "parting": (*Session).parting,
	"board": (*Session).board, "save": (*Session).save, "close": (*Session).close,
}

// Do answers a request. Whatever it is, there is a reply: one of mistakes, if it cannot
// be met, and then nothing has changed. ctx ends what takes long.
func (s *Session) Do(ctx context.Context, request []byte) (reply []byte) {
	q := &Request{}
	s.ctx = ctx
	defer func() {
		if p := recover(); p != nil { // the run is not what it should be
			delete(s.runs, q.Run)
			reply = refuse(mistake("a bug of paxsim, which ends this run: %s", words.Clip(fmt.Sprint(p))))
		}
	}()
	if err := s.read(request, q); err != nil {
		return refuse(err)
	}
	r := &Reply{Do: q.Do}
	if err := methods[q.Do](s, q, r); err != nil {
		return refuse(err)
	}
	return r.encode()
}

// read reads a request.
func (s *Session) read(request []byte, q *Request) error {
	if len(request) > s.limits.Request {
		return mistake("the request has %s: at most %s are read", say.Plural(uint64(len(request)), "byte"), say.Count(uint64(s.limits.Request)))
	}
	d := json.NewDecoder(bytes.NewReader(request))
	d.DisallowUnknownFields()
	if err := d.Decode(q); err != nil {
		return mistake("this is no request: %s", words.Clip(strings.TrimPrefix(err.Error(), "json: ")))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return mistake("this is no request: something follows it")
	}
	if methods[q.Do] == nil {
		return mistake("nothing is done that is called %q%s", words.Clip(q.Do), words.Hint(q.Do, names()))
	}
	return nil
}

// names are those of the methods.
func names() []string {
	var list []string
	for name := range methods { //sorted: below
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// refuse is the reply to a request that cannot be met.
func refuse(err error) []byte {
	var w wrong
	var m *stepper.Mistake
	switch {
	case errors.As(err, &w):
	case errors.As(err, &m):
		w = wrong{{Text: m.Text}}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		w = wrong{{Text: "stopped: it took too long, and changed nothing"}}
	default:
		w = wrong{{Text: err.Error()}}
	}
	return (&Reply{Mistakes: w}).encode()
}

// encode is the reply as JSON. The page's data is text already, and is not read again.
func (r *Reply) encode() []byte {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // texts and numbers cannot fail
	}
	if r.Page == nil {
		return b
	}
	b = append(b[:len(b)-1], `,"page":`...)
	return append(append(b, r.Page...), '}')
}

// run is the run of a number.
func (s *Session) run(n int) (*run, error) {
	r, ok := s.runs[n]
	if !ok {
		return nil, mistake("no run %d is open", n)
	}
	return r, nil
}

// library tells what there is to open.
func (s *Session) library(_ *Request, reply *Reply) error {
	x := s.host.Library()
	x.Version, x.Tool, x.Limits = Version, "paxsim "+trace.Tool, s.limits
	reply.Library = &x
	return nil
}

// close forgets a run.
func (s *Session) close(q *Request, _ *Reply) error {
	_, err := s.run(q.Run)
	delete(s.runs, q.Run)
	return err
}

// board is the board of the protocol after an event, as text.
func (s *Session) board(q *Request, reply *Reply) error {
	r, err := s.run(q.Run)
	switch {
	case err != nil:
		return err
	case q.At > r.outcome.events:
		return r.noEvent(q.At)
	}
	r.step.Under(s.ctx)
	if err := r.step.GoTo(q.At); err != nil {
		return err
	}
	f, err := r.step.Board()
	switch {
	case err != nil:
		return err
	case f == nil:
		return mistake("the protocol of this run has no board")
	}
	reply.Board = boards.Text(f.Board(), boards.Options{Scenario: r.scenario(), Names: r.step.World()})
	return nil
}
