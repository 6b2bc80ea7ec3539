// Package prose measures how plainly the pages of this project are written, and
// looks whether a reader finds them. It is for tests: they hold every page to a
// mean length of its sentences and to a list of turns that read badly, and hold
// that each page is reached from docs/README.md in two clicks.
package prose
