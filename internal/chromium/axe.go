package chromium

import (
	"os"
)

// Axe holds the page against the rules of axe-core, which PAXSIM_AXE names: a file, axe.min.js.
// Without it nothing is held.
func (c *Browser) Axe(what string) {
	c.t.Helper()
	name := os.Getenv("PAXSIM_AXE")
	if name == "" {
		return
	}
	code, err := os.ReadFile(name)
	if err != nil {
		c.t.Fatal(err)
	}
	c.Call("Runtime.evaluate", map[string]any{"expression": string(code)}, nil)
	for _, found := range Eval[[]string](c, "(await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => `${v.id} (${v.impact}): ${v.help}: ` + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + (n.any.concat(n.all)[0] || {}).message).join(' | '))") {
		c.t.Errorf("%s: axe-core: %s", what, found)
	}
}
