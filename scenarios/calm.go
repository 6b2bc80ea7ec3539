package scenarios

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// calm applies [Calm] to the nodes of a file.
func (l *loader) calm(root *yaml.Node, o Override) {
	switch name := o.text; name {
	case "loss", "duplicate", "corrupt", "forge":
		for _, n := range weathers(root) {
			l.still(n, o, name, "0%")
		}
	case "crashes":
		l.still(child(root, "crashes"), o, "chance", "0%")
		for _, n := range entries(child(root, "periods")) {
			l.still(n, o, name, "0%")
		}
	case "disk":
		l.still(child(root, "disk"), o, "sync", "0s")
	case "bias":
		l.still(child(root, "network"), o, "bias", "0s")
	case "delay":
		for _, n := range weathers(root) {
			if d := child(n, name); d != nil {
				leastDelay(d)
			}
		}
	case "periods":
		for _, n := range entries(child(root, name)) {
			for _, of := range append([]string{"crashes"}, weatherKeys...) {
				drop(n, of)
			}
		}
	default:
		l.remove(root, o)
	}
}

// weathers are the mappings of a file that say what happens to messages by chance.
func weathers(root *yaml.Node) []*yaml.Node {
	list := append([]*yaml.Node{child(root, "network")}, entries(child(root, "periods"))...)
	for _, f := range entries(child(root, "faults")) {
		list = append(list, child(f, "weather"))
	}
	return slices.DeleteFunc(list, func(n *yaml.Node) bool { return n == nil })
}

// entries are the entries of a list, or what the keys of a mapping say; of
// anything else there are none.
func entries(n *yaml.Node) (list []*yaml.Node) {
	switch {
	case n == nil:
	case n.Kind == yaml.SequenceNode:
		return slices.Clone(n.Content)
	case n.Kind == yaml.MappingNode:
		for i := 1; i < len(n.Content); i += 2 {
			list = append(list, n.Content[i])
		}
	}
	return list
}

// still writes a calm value where a mapping says something else.
func (l *loader) still(n *yaml.Node, o Override, name, value string) {
	if n == nil || child(n, name) == nil {
		return
	}
	calm := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	l.mark(calm, o)
	l.put(n, []string{name}, calm, o)
}

// remove takes a fault out.
func (l *loader) remove(root *yaml.Node, o Override) {
	names := Families()
	faults := child(root, "faults")
	if faults != nil && faults.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(faults.Content); i += 2 {
			if faults.Content[i].Value != o.text {
				names = append(names, faults.Content[i].Value)
				continue
			}
			faults.Content = append(faults.Content[:i:i], faults.Content[i+2:]...)
			if len(faults.Content) == 0 {
				drop(root, "faults")
			}
			return
		}
	}
	end := o.text[strings.LastIndex(o.text, ".")+1:] // of a path, as --set takes it
	l.complain(o, "there is no such family or fault"+orAll(end, names))
}

// drop takes a key out of a mapping.
func drop(n *yaml.Node, name string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			n.Content = append(n.Content[:i:i], n.Content[i+2:]...)
			return
		}
	}
}
