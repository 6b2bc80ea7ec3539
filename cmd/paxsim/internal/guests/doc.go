// Package guests holds the commands against a protocol that is not paxsim's own. It
// holds tests only: they add to the register, which no other test is to see.
package guests
