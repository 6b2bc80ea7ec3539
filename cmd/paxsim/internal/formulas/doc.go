// Package formulas holds paxsim against theory: what can be computed with a pencil,
// a simulator must show. It is tests alone. They make docs/numbers.md:
//
//	go test ./cmd/paxsim/internal/formulas          holds each law within its tolerance, and the page
//	go test ./cmd/paxsim/internal/formulas -update  writes the page and its pictures
package formulas
