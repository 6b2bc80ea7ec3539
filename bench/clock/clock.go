// Package clock tells how much of a processor this process has used: what else
// runs on the machine does not count.
package clock
