//go:build !gate

package gate

// On says that the gate runs.
const On = false
