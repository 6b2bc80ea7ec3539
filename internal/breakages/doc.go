// Package breakages breaks the code on purpose, one line at a time, and looks
// whether the test that should notice does. It holds tests only.
package breakages
