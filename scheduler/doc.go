// Package scheduler holds what a simulated world runs on: virtual time, the
// queue of what is to come, and the one door through which chance enters.
//
// It knows no message, no actor and no fault. Three ideas make it up:
//
//   - [Queue] pops events in one total order: by [Time], and within a tick in
//     the order in which they were pushed.
//   - [Key] names one question left to chance, so that its answer belongs to
//     the question and not to the moment at which it is asked.
//   - [Source] answers such questions with an outcome 0..k-1, where 0 is calm. A seed needs
//     no Source: [Seed.Hash] of a key is the seeded answer.
//
// [Digest] condenses a run into one word that is the same on every machine.
package scheduler
