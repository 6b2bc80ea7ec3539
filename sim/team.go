package sim

// team is all actors of a world, behind the one interface at which the engine
// stops knowing their type.
type team[M Message, D Record] interface {
	reset()      // makes every actor what it is at its start
	renew(id ID) // makes one actor what it is at its start
	start(e *Env[M, D])
	receive(e *Env[M, D], from ID, m M)
	timeout(e *Env[M, D], t Timer)
	request(e *Env[M, D], r Request)
}

// crew holds actors by value. A restart is an assignment.
type crew[A any, M Message, D Record, P Actor[A, M, D]] struct {
	template A
	actors   []A // by number; the first is not used
}

// copier is an actor whose state an assignment would share.
type copier[A any] interface{ CopyFrom(*A) }

func newTeam[A any, M Message, D Record, P Actor[A, M, D]](n int, template A) team[M, D] {
	return &crew[A, M, D, P]{template: template, actors: make([]A, n+1)}
}

func (c *crew[A, M, D, P]) reset() {
	for i := range c.actors {
		c.renew(ID(i))
	}
}

func (c *crew[A, M, D, P]) renew(id ID) {
	a := &c.actors[id]
	if x, ok := any(P(a)).(copier[A]); ok {
		x.CopyFrom(&c.template)
		return
	}
	*a = c.template
}

func (c *crew[A, M, D, P]) start(e *Env[M, D]) { P(&c.actors[e.self]).Start(e) }

func (c *crew[A, M, D, P]) receive(e *Env[M, D], from ID, m M) {
	P(&c.actors[e.self]).Receive(e, from, m)
}

func (c *crew[A, M, D, P]) timeout(e *Env[M, D], t Timer) { P(&c.actors[e.self]).Timeout(e, t) }

func (c *crew[A, M, D, P]) request(e *Env[M, D], r Request) { P(&c.actors[e.self]).Request(e, r) }
