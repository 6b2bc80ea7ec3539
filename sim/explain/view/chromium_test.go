package view

import (
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
)

// page is a browser, under the names that the tests here have for it.
type page struct {
	*chromium.Browser
	t *testing.T
}

func browser(t *testing.T) *page {
	t.Helper()
	return &page{chromium.New(t), t}
}

func (c *page) open(url string)                   { c.t.Helper(); c.Open(url) }
func (c *page) press(key string)                  { c.t.Helper(); c.Press(key) }
func (c *page) shoot(name string)                 { c.t.Helper(); c.Shoot(name) }
func (c *page) take() (requests, errors []string) { return c.Take() }
func eval[T any](c *page, expression string) T {
	c.t.Helper()
	return chromium.Eval[T](c.Browser, expression)
}
