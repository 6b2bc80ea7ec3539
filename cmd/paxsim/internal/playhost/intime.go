package playhost

import (
	"context"
	"time"
)

// Patience is how long a session works on a request.
const Patience = 10 * time.Second

// InTime is a context that is done once the patience for a request is at its end. It
// looks at the clock itself: in wasm nothing else runs while a request is worked on.
func InTime() context.Context {
	return &inTime{Context: context.Background(), end: time.Now().Add(Patience)}
}

type inTime struct {
	context.Context
	end   time.Time
	asked uint
	over  bool
}

// Err implements [context.Context]. Few calls look at the clock.
func (c *inTime) Err() error {
	if c.asked++; c.asked%256 == 0 && time.Now().After(c.end) {
		c.over = true
	}
	if c.over {
		return context.DeadlineExceeded
	}
	return nil
}
