package plain

import (
	"reflect"
	"unsafe"

	"github.com/paxsim/paxsim/sim/ids"
)

// What follows a plan through memory. It reads the fields of a value where they are, also
// those that other packages cannot name. No address has a part in what comes of it.

// Hash takes a value in, under new numbers; nil: under its own. v is a pointer to a value
// of the plan's type. A renaming must not be changed once a plan has seen it, and a plan is
// for one goroutine at a time.
func (p *Plan) Hash(h *Hash, v any, r *Renaming) { p.root.hash(p.pointer(v), h, r) }

// Copy makes one value equal to another, in memory of its own. from and to are pointers
// to values of the plan's type. pristine is a pointer to a fresh value, from which comes
// what is scratch and not plain; nil: that is zero.
func (p *Plan) Copy(to, from, pristine any) {
	t, f := reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem()
	t.Set(f)
	if p.root.flat && p.root.what != structure {
		return
	}
	var fresh unsafe.Pointer
	if pristine != nil {
		fresh = p.pointer(pristine)
	}
	p.root.part(p.pointer(to), fresh)
}

// pointer is where a value is.
func (p *Plan) pointer(v any) unsafe.Pointer {
	if t := reflect.TypeOf(v).Elem(); t != p.t {
		panic("plain: a plan of " + p.t.String() + " is given a value of " + t.String())
	}
	return inside(v)
}

// inside is the pointer that an interface holds.
func inside(v any) unsafe.Pointer { return (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] }

// hash takes in what a part holds.
func (n *node) hash(p unsafe.Pointer, h *Hash, r *Renaming) {
	if n.silent {
		return
	}
	switch n.what {
	case word:
		h.Mix(n.word(p))
	case renamer:
		if r == nil {
			h.Mix(n.word(p))
			return
		}
		h.Mix(n.wordUnder(p, r))
	case text:
		s := *(*string)(p)
		h.Mix(uint64(len(s)))
		for i := range len(s) {
			h.Mix(uint64(s[i]))
		}
	case actor:
		h.Mix(uint64(r.Actor(*(*ids.ID)(p))))
	case value:
		h.Mix(uint64(r.Value(*(*ids.Value)(p))))
	case set:
		hashSet(h, (*ids.Set)(p), r)
	case structure:
		for i := range n.fields {
			f := &n.fields[i]
			f.hash(unsafe.Add(p, f.at), h, r)
		}
	case array:
		n.elements(p, n.t.Len(), h, r)
	case list:
		s := (*header)(p)
		n.elements(s.data, s.len, h, r)
	}
}

// header is how Go keeps a slice.
type header struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// word is a number, whatever its size.
func (n *node) word(p unsafe.Pointer) uint64 {
	switch n.t.Size() {
	case 1:
		return uint64(*(*uint8)(p))
	case 2:
		return uint64(*(*uint16)(p))
	case 4:
		return uint64(*(*uint32)(p))
	}
	return *(*uint64)(p)
}

// wordUnder is a number under a renaming.
func (n *node) wordUnder(p unsafe.Pointer, r *Renaming) uint64 {
	key := renamed{r, n.word(p)}
	word, ok := n.renamed[key]
	if !ok {
		in := []reflect.Value{reflect.NewAt(n.t, p).Elem(), reflect.ValueOf(r)}
		if out := n.rename.Call(in)[0]; out.CanInt() {
			word = uint64(out.Int())
		} else {
			word = out.Uint()
		}
		n.renamed[key] = word
	}
	return word
}

// hashSet takes in a set: how many are in it, and who.
func hashSet(h *Hash, s *ids.Set, r *Renaming) {
	if r != nil && r.Actors != nil {
		t := r.set(s)
		s = &t
	}
	h.Mix(uint64(s.Len()))
	if s.Has(0) {
		h.Mix(0)
	}
	for id := s.Next(0); id != 0; id = s.Next(id) {
		h.Mix(uint64(id))
	}
}

// elements takes in the elements of an array or a list.
func (n *node) elements(p unsafe.Pointer, count int, h *Hash, r *Renaming) {
	size := n.elem.t.Size()
	if n.order == inOrder {
		h.Mix(uint64(count))
		for i := range count {
			n.elem.hash(unsafe.Add(p, uintptr(i)*size), h, r)
		}
		return
	}
	var all Sum
	for i := range count {
		at, e := uint64(i), unsafe.Add(p, uintptr(i)*size)
		switch n.order {
		case asBag:
			all = all.Plus(n.elem.sum(e, r, 1))
			continue
		case byActor:
			at = uint64(r.Actor(ids.ID(i)))
		case byValue:
			at = uint64(r.Value(ids.Value(i)))
		}
		if x := n.elem.sum(e, r, 0); x != n.none {
			all = all.Plus(place(x, at))
		}
	}
	h.Mix(all[0])
	h.Mix(all[1])
}

// sum is the hash of one element, apart.
func (n *node) sum(p unsafe.Pointer, r *Renaming, salt uint64) Sum {
	var h Hash
	h.Mix(salt)
	n.hash(p, &h, r)
	return h.Sum()
}

// place is the hash of an element at a place.
func place(x Sum, at uint64) Sum {
	var h Hash
	h.Mix(at)
	h.Mix(x[0])
	h.Mix(x[1])
	return h.Sum()
}

// part gives a copy that an assignment has made memory of its own. Where nothing is to
// be done, it does nothing.
func (n *node) part(p, pristine unsafe.Pointer) {
	switch n.what {
	case fresh:
		v := reflect.NewAt(n.t, p).Elem()
		if pristine == nil {
			v.SetZero()
		} else {
			v.Set(reflect.NewAt(n.t, pristine).Elem())
		}
	case set:
		s := (*ids.Set)(p)
		var own ids.Set
		own.CopyFrom(s)
		*s = own
	case structure:
		for i := range n.fields {
			f := &n.fields[i]
			if f.flat {
				continue
			}
			var there unsafe.Pointer
			if pristine != nil {
				there = unsafe.Add(pristine, f.at)
			}
			f.part(unsafe.Add(p, f.at), there)
		}
	case array:
		if !n.flat {
			n.partAll(p, n.t.Len())
		}
	case list:
		v := reflect.NewAt(n.t, p).Elem()
		own := reflect.MakeSlice(n.t, v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		if !n.elem.flat {
			n.partAll((*header)(p).data, v.Len())
		}
	}
}

// partAll is part for the elements of an array or a list. What is not plain in one is zero.
func (n *node) partAll(p unsafe.Pointer, count int) {
	for i := range count {
		n.elem.part(unsafe.Add(p, uintptr(i)*n.elem.t.Size()), nil)
	}
}
