package scenarios

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// calm applies [Calm] to the nodes of a file.
func (l *loader) calm(root *yaml.Node, o Override) {
	switch o.text {
	case "loss", "duplicate":
		l.still(root, o, "network", o.text, "0%")
	case "crashes":
		l.still(root, o, "crashes", "chance", "0%")
	case "disk":
		l.still(root, o, "disk", "sync", "0s")
	case "delay":
		network := child(root, "network")
		if network == nil {
			return
		}
		if n := child(network, "delay"); n != nil {
			leastDelay(n)
		}
	default:
		l.remove(root, o)
	}
}

// still writes a calm value where the file says something else.
func (l *loader) still(root *yaml.Node, o Override, section, name, value string) {
	n := child(root, section)
	if n == nil || child(n, name) == nil {
		return
	}
	calm := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	l.mark(calm, o)
	l.put(n, []string{name}, calm, o)
}

// remove takes a scripted fault out.
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
	l.complain(o, "there is no such family or scripted fault"+orAll(end, names))
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
