package anyscenario

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Reduce makes the text of a scenario smaller, as long as it stays what fails
// says: it leaves out keys and entries of lists, then makes values plainer, until
// nothing more can go. A text that cannot be read as YAML stays as it is.
func Reduce(text string, fails func(text string) bool) string {
	var document yaml.Node
	if yaml.Unmarshal([]byte(text), &document) != nil || len(document.Content) == 0 {
		return text
	}
	root := document.Content[0]
	best := text
	try := func() bool {
		if t := nodeText(root); len(t) < len(best) && fails(t) {
			best = t
			return true
		}
		return false
	}
	for again := true; again; {
		again = false
		for _, n := range containers(root) {
			again = leaveOut(n, try) || again
		}
		for _, n := range scalars(root) {
			again = plainer(n, try) || again
		}
	}
	return best
}

// leaveOut takes out of a mapping or a list what can go: halves first, then one
// after the other.
func leaveOut(n *yaml.Node, try func() bool) (some bool) {
	size := 1
	if n.Kind == yaml.MappingNode {
		size = 2
	}
	for many := len(n.Content) / size; many > 0; many /= 2 {
		for i := 0; i+many*size <= len(n.Content); {
			was := n.Content
			n.Content = slices.Delete(slices.Clone(was), i, i+many*size)
			if try() {
				some = true
				continue
			}
			n.Content = was
			i += many * size
		}
	}
	return some
}

// plainer gives a scalar a plainer value if that will do.
func plainer(n *yaml.Node, try func() bool) bool {
	was := *n
	for _, plain := range []string{"0", "1", "2", "3", "1ms", "2ms", "10ms", "100ms", "1s", "10%", "50%", "x"} {
		*n = yaml.Node{Kind: yaml.ScalarNode, Value: plain}
		if len(plain) < len(was.Value) && try() {
			return true
		}
	}
	*n = was
	return false
}

// containers are the mappings and lists of a text, the outer ones first.
func containers(n *yaml.Node) (list []*yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		return nil
	}
	list = append(list, n)
	for _, c := range n.Content {
		list = append(list, containers(c)...)
	}
	return list
}

// scalars are the values of a text that are no mapping and no list.
func scalars(n *yaml.Node) (list []*yaml.Node) {
	for i, c := range n.Content {
		switch {
		case c.Kind != yaml.ScalarNode:
			list = append(list, scalars(c)...)
		case n.Kind == yaml.SequenceNode || i%2 == 1:
			list = append(list, c)
		}
	}
	return list
}

// nodeText is a mapping as a file, a line for each key.
func nodeText(root *yaml.Node) string {
	var b strings.Builder
	for i := 0; i+1 < len(root.Content); i += 2 {
		b.WriteString(root.Content[i].Value + ": ")
		nodeFlow(&b, root.Content[i+1])
		b.WriteString("\n")
	}
	return b.String()
}

func nodeFlow(b *strings.Builder, n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		b.WriteString("{")
		for i := 0; i+1 < len(n.Content); i += 2 {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(n.Content[i].Value + ": ")
			nodeFlow(b, n.Content[i+1])
		}
		b.WriteString("}")
	case yaml.SequenceNode:
		b.WriteString("[")
		for i, c := range n.Content {
			if i > 0 {
				b.WriteString(", ")
			}
			nodeFlow(b, c)
		}
		b.WriteString("]")
	default:
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			b.WriteString(strconv.Quote(n.Value))
			return
		}
		b.WriteString(n.Value)
	}
}
