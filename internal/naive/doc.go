// Package naive explores small worlds in the simplest way that there is, for tests. It
// is the second opinion on the fast explorer, and shares no code with it.
//
// A state is reached by a path: what was picked, step by step, and what the choices
// answered. To go on from a state, the world is made again from its beginning: the
// acting engine plays the path, a searched run with a picker that knows the path. What
// is enabled then, and what choices are asked, is tried one by one. A state is its whole
// text: all that actors, disks, alarms, clients, packets and the history hold, read by
// reflection. A map remembers the states. There is no reduction, no hash and no clone.
package naive
