package sim

import (
	"fmt"
	"reflect"

	"github.com/paxsim/paxsim/sim/abilities"
)

// actors is all actors of a world, behind the one interface (with handlers, that
// of one of them) at which the engine stops knowing their type.
type actors[M Message, D Record] interface {
	reset()      // makes every actor what it is at its start, if there is no factory
	renew(id ID) // makes one actor what it is at its start
	member(id ID) handlers[M, D]
}

// handlers are those of one actor, whatever its type.
type handlers[M Message, D Record] interface {
	Start(e *Env[M, D])
	Receive(e *Env[M, D], from ID, m M)
	Timeout(e *Env[M, D], t Timer)
	Request(e *Env[M, D], r Request)
}

// actorsOf holds actors by value. A restart is an assignment, or what a factory makes.
type actorsOf[A any, M Message, D Record, P Actor[A, M, D]] struct {
	template A
	factory  func(id ID) A         // in place of the template; nil: there is none
	actors   []A                   // by number; the first is not used
	copiers  []abilities.Copier[A] // the same, if the actor has a CopyFrom; else nil
}

// newActors makes n actors, which a factory makes anew at each start, or which are
// copies of a template. An actor that holds memory which an assignment would share,
// and has no CopyFrom, must come from a factory.
func newActors[A any, M Message, D Record, P Actor[A, M, D]](n int, template A, factory func(id ID) A) (actors[M, D], error) {
	c := &actorsOf[A, M, D, P]{template: template, factory: factory, actors: make([]A, n+1)}
	if err := c.copyable(); err != nil && factory == nil {
		return nil, err
	}
	if _, copies := any(P(&template)).(abilities.Copier[A]); copies { // looked up once, not at every restart
		c.copiers = make([]abilities.Copier[A], n+1)
		for i := range c.actors {
			c.copiers[i] = any(P(&c.actors[i])).(abilities.Copier[A])
		}
	}
	return c, nil
}

// copyable says why actors cannot be copied; nil: they can.
func (c *actorsOf[A, M, D, P]) copyable() error {
	if _, copies := any(P(&c.template)).(abilities.Copier[A]); copies {
		return nil
	}
	if field := sharedField(reflect.TypeFor[A]()); field != "" {
		return fmt.Errorf("sim: %T holds memory that an assignment would share (%s), so it needs a method CopyFrom(*%[1]T)", c.template, field)
	}
	return nil
}

// sharedField names a field of a type that an assignment would share, or "".
func sharedField(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Chan, reflect.Func, reflect.Interface, reflect.UnsafePointer:
		return typeText(t)
	case reflect.Array:
		return sharedField(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if inner := sharedField(t.Field(i).Type); inner != "" {
				return t.Field(i).Name + " " + inner
			}
		}
	}
	return ""
}

func (c *actorsOf[A, M, D, P]) reset() {
	for i := 1; i < len(c.actors); i++ {
		if c.copiers != nil {
			c.copiers[i].CopyFrom(&c.template)
		} else {
			c.actors[i] = c.template
		}
	}
}

func (c *actorsOf[A, M, D, P]) renew(id ID) {
	switch {
	case c.factory != nil:
		c.actors[id] = c.factory(id)
	case c.copiers != nil:
		c.copiers[id].CopyFrom(&c.template)
	default:
		c.actors[id] = c.template
	}
}

// make makes an actor outside the team what it is at its start.
func (c *actorsOf[A, M, D, P]) make(id ID, a *A) {
	if c.factory != nil {
		*a = c.factory(id)
		return
	}
	c.copy(a, &c.template)
}

// copy makes one actor equal to another.
func (c *actorsOf[A, M, D, P]) copy(to, from *A) {
	if x, copies := any(P(to)).(abilities.Copier[A]); copies {
		x.CopyFrom(from)
		return
	}
	*to = *from
}

func (c *actorsOf[A, M, D, P]) member(id ID) handlers[M, D] { return P(&c.actors[id]) }
