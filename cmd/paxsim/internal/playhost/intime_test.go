package playhost

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestInTime: patience ends, and stays at its end.
func TestInTime(t *testing.T) {
	at := func(end time.Time) error {
		c := &inTime{Context: context.Background(), end: end}
		for range 1000 {
			c.Err() // what is done for a while
		}
		return c.Err()
	}
	if err := at(time.Now().Add(time.Hour)); err != nil {
		t.Error(err)
	}
	if err := at(time.Now().Add(-time.Second)); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if err := InTime().Err(); err != nil {
		t.Error(err)
	}
}
