package anyscenario

import "strings"

// tree is a mapping of a file, in the order in which its keys were put in.
type tree struct {
	keys  []string
	under map[string]*branch
}

// branch is what is below a key: a text, a mapping, or a list of mappings.
type branch struct {
	text string
	tree *tree
	list []*tree
}

func (t *tree) at(path string) *branch {
	key, rest, deeper := strings.Cut(path, ".")
	b := t.under[key]
	if b == nil {
		if t.under == nil {
			t.under = map[string]*branch{}
		}
		b = new(branch)
		t.under[key], t.keys = b, append(t.keys, key)
	}
	if !deeper {
		return b
	}
	if b.tree == nil {
		b.tree = new(tree)
	}
	return b.tree.at(rest)
}

// put says a value at a path.
func (t *tree) put(path, text string) { t.at(path).text = text }

// flow is the mapping on one line.
func (t *tree) flow(b *strings.Builder) {
	b.WriteString("{")
	for i, key := range t.keys {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(key + ": ")
		t.under[key].flow(b)
	}
	b.WriteString("}")
}

func (x *branch) flow(b *strings.Builder) {
	switch {
	case x.tree != nil:
		x.tree.flow(b)
	case x.list != nil:
		b.WriteString("[")
		for i, t := range x.list {
			if i > 0 {
				b.WriteString(", ")
			}
			t.flow(b)
		}
		b.WriteString("]")
	default:
		b.WriteString(x.text)
	}
}

// text is the mapping as a file, a line or more for each key.
func (t *tree) text() string {
	var b strings.Builder
	for _, key := range t.keys {
		b.WriteString(key + ":")
		switch x := t.under[key]; {
		case x.list != nil:
			for _, entry := range x.list {
				b.WriteString("\n  - ")
				entry.flow(&b)
			}
		case key == "faults":
			for _, name := range x.tree.keys {
				b.WriteString("\n  " + name + ": ")
				x.tree.under[name].flow(&b)
			}
		default:
			b.WriteString(" ")
			x.flow(&b)
		}
		b.WriteString("\n")
	}
	return b.String()
}
