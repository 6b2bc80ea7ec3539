package library

// The files that a person starts from. Every line that begins with #: is a part of the
// file too, once these two characters are gone.

// Starter is a file of its own.
const Starter = `paxsim: 1
teaches: three of five actors are a majority, whatever the other two do

# How many actors there are. What they run is Paxos; its settings have defaults,
# which paxsim scenarios show tells.
actors: 5
#: paxos: {on_nack: retry, learn: ask}

# What the network does to messages, what the disk costs, who crashes by chance.
network: {delay: 1ms..10ms, loss: 5%}
#: disk: {sync: 500us}
#: crashes: {chance: 0.1%, down: 10ms..50ms}

# From when on nothing of this happens any more.
#: until: 2s

# Faults at stated times, each with a name of its own.
faults:
  cut: {split: [[1, 2, 3], [4, 5]], at: 5ms, until: 1s}
  #: down: {crash: [2], at: 20ms, until: 300ms}

# Who asks for what, and when. by-chance: everybody, when chance says so.
requests:
  - {actor: 1, at: 0s, value: x}
  - {actor: 5, at: 10ms, value: y}

# What every run does, in paxsim scenarios test.
expect: {always: decided, decided_within: 1s}

# What that rests on: without it, this must fail.
premise:
  set: {faults.cut.split: [[1, 2], [3, 4], [5]]} # nobody is a majority
  breaks: decided_within
`

// BasedStarter is one that changes BASE.
const BasedStarter = `paxsim: 1
base: BASE # this scenario is like it, except for what the lines below say

teaches: what changes if BASE is changed

# Fields of a section are changed one by one, the rest stays as in the base.
#: network: {delay: 1ms..30ms}
#: paxos: {learn: ask}

# So are faults, by their names. A new name adds one, and none takes one out.
#: faults: {cut9: {split: [[1]], at: 5ms, until: 1s}}

# What every run does, in paxsim scenarios test. Without expect, the base's
# expectations apply. With it, they are replaced entirely. The same holds for
# the premise: what must fail without something; none: there is none.
#: expect: {always: held}
#: premise: none
`
