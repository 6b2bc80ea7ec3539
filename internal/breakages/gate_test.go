//go:build gate

package breakages

// gate says that the gate runs: every breakage is made.
const gate = true
