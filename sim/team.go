package sim

import (
	"fmt"
	"reflect"
)

// team is all actors of a world, behind the one interface (with handlers, that
// of one of them) at which the engine stops knowing their type.
type team[M Message, D Record] interface {
	reset()      // makes every actor what it is at its start
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

// crew holds actors by value. A restart is an assignment.
type crew[A any, M Message, D Record, P Actor[A, M, D]] struct {
	template A
	actors   []A         // by number; the first is not used
	copiers  []Copier[A] // the same, if the actor has a CopyFrom; else nil
}

// newTeam makes n actors. An actor that holds memory which an assignment would
// share, and has no CopyFrom, is refused.
func newTeam[A any, M Message, D Record, P Actor[A, M, D]](n int, template A) (team[M, D], error) {
	_, copies := any(P(&template)).(Copier[A])
	if field := sharedField(reflect.TypeFor[A]()); field != "" && !copies {
		return nil, fmt.Errorf("sim: %T holds memory that an assignment would share (%s), so it needs a method CopyFrom(*%[1]T)", template, field)
	}
	c := &crew[A, M, D, P]{template: template, actors: make([]A, n+1)}
	if copies { // looked up once, not at every restart
		c.copiers = make([]Copier[A], n+1)
		for i := range c.actors {
			c.copiers[i] = any(P(&c.actors[i])).(Copier[A])
		}
	}
	return c, nil
}

// sharedField names a field of a type that an assignment would share, or "".
func sharedField(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Chan, reflect.Func, reflect.Interface, reflect.UnsafePointer:
		return t.String()
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

func (c *crew[A, M, D, P]) reset() {
	for i := 1; i < len(c.actors); i++ {
		c.renew(ID(i))
	}
}

func (c *crew[A, M, D, P]) renew(id ID) {
	if c.copiers != nil {
		c.copiers[id].CopyFrom(&c.template)
		return
	}
	c.actors[id] = c.template
}

func (c *crew[A, M, D, P]) member(id ID) handlers[M, D] { return P(&c.actors[id]) }
