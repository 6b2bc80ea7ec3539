package plain

import (
	"unsafe"

	"github.com/paxsim/paxsim/sim/ids"
)

// Share lets a value use the lists of another where they are equal, so that they are in
// memory once. v and w are pointers to values of the plan's type. From then on neither may
// be changed: a [Plan.Copy] may.
func (p *Plan) Share(v, w any) { p.root.share(p.pointer(v), p.pointer(w)) }

// share does it for a part.
func (n *node) share(p, q unsafe.Pointer) {
	switch n.what {
	case structure:
		for i := range n.fields {
			if f := &n.fields[i]; !f.flat {
				f.share(unsafe.Add(p, f.at), unsafe.Add(q, f.at))
			}
		}
	case array:
		if !n.flat {
			n.shareAll(p, q, n.t.Len())
		}
	case list:
		a, b := (*header)(p), (*header)(q)
		switch {
		case a.len > 0 && n.same(p, q):
			*a = *b
		case !n.elem.flat:
			n.shareAll(a.data, b.data, min(a.len, b.len))
		}
	}
}

// shareAll is share for the elements of an array or a list.
func (n *node) shareAll(p, q unsafe.Pointer, count int) {
	size := n.elem.t.Size()
	for i := range uintptr(count) {
		n.elem.share(unsafe.Add(p, i*size), unsafe.Add(q, i*size))
	}
}

// same says whether a part is surely the same as another. What an assignment copies is held
// against it byte by byte: of two that are the same, some bytes that mean nothing may differ.
func (n *node) same(p, q unsafe.Pointer) bool {
	switch {
	case n.flat:
		return bytesAt(p, n.t.Size()) == bytesAt(q, n.t.Size())
	case n.what == set:
		s, t := (*ids.Set)(p), (*ids.Set)(q)
		id, other := s.Next(0), t.Next(0)
		for ; id == other && id != 0; id, other = s.Next(id), t.Next(other) {
		}
		return id == other && s.Has(0) == t.Has(0)
	case n.what == structure:
		for i := range n.fields {
			if f := &n.fields[i]; !f.same(unsafe.Add(p, f.at), unsafe.Add(q, f.at)) {
				return false
			}
		}
		return true
	case n.what == array:
		return n.sameAll(p, q, n.t.Len())
	case n.what == list:
		a, b := (*header)(p), (*header)(q)
		return a.len == b.len && n.sameAll(a.data, b.data, a.len)
	}
	return false
}

// sameAll is same for the elements of an array or a list.
func (n *node) sameAll(p, q unsafe.Pointer, count int) bool {
	size := n.elem.t.Size()
	if n.elem.flat {
		return bytesAt(p, uintptr(count)*size) == bytesAt(q, uintptr(count)*size)
	}
	for i := range uintptr(count) {
		if !n.elem.same(unsafe.Add(p, i*size), unsafe.Add(q, i*size)) {
			return false
		}
	}
	return true
}

// bytesAt is memory as a text, which lasts as long as nothing there changes.
func bytesAt(p unsafe.Pointer, n uintptr) string { return unsafe.String((*byte)(p), n) }
