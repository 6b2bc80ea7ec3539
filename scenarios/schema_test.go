package scenarios

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/sim"
)

// TestSchemaPage holds that docs/ has the schema that the code has.
func TestSchemaPage(t *testing.T) { inDocs(t, "scenario.schema.json", string(Schema())) }

// resolved is a schema that a tool of others has read.
func resolved(t *testing.T, text []byte) *jsonschema.Resolved {
	t.Helper()
	var s jsonschema.Schema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	r, err := s.Resolve(&jsonschema.ResolveOptions{ValidateDefaults: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// asJSON is the text of a file as tools that know JSON alone see it.
func asJSON(text string) (any, error) {
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		return nil, err
	}
	data, err := json.Marshal(worded(v))
	if err != nil {
		return nil, err
	}
	v = nil
	err = json.Unmarshal(data, &v)
	return v, err
}

// worded makes the keys of mappings words, as JSON has them: that of an instance is
// a number in YAML.
func worded(v any) any {
	switch x := v.(type) {
	case map[any]any:
		words := map[string]any{}
		for k, v := range x {
			words[fmt.Sprint(k)] = worded(v)
		}
		return words
	case map[string]any:
		for k, v := range x {
			x[k] = worded(v)
		}
	case []any:
		for i, v := range x {
			x[i] = worded(v)
		}
	}
	return v
}

// TestSchemaTakes holds that what is read is valid: the library, what is shown of
// it, and random scenarios.
func TestSchemaTakes(t *testing.T) {
	all := resolved(t, Schema())
	both := Protocols{
		Find: func(name string) (sim.Protocol, bool) {
			if name == "paxos" {
				return paxosProtocol, true
			}
			return fakes.Find(name)
		},
		Names: func() []string { return []string{"echo", "mute", "paxos"} },
	}
	wide := resolved(t, both.schema())
	valid := func(r *jsonschema.Resolved, text string) error {
		v, err := asJSON(text)
		if err != nil {
			return err
		}
		return r.Validate(v)
	}
	for _, name := range Names() {
		_, text, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{text, Show(s), Text(s)} {
			if err := valid(all, text); err != nil {
				t.Errorf("%s: %v\nin\n%s", name, err, text)
			}
		}
	}
	n, drawn := 0, 0
	often(t)
	rapid.Check(t, func(t *rapid.T) {
		drawn++
		p := rapid.SampledFrom([]sim.Protocol{echo, paxosProtocol}).Draw(t, "protocol")
		s := scenario(p).Draw(t, "scenario")
		text := Text(s)
		if _, err := both.Read("random.yaml", text); err != nil {
			return // the protocol finds it unsound
		}
		n++
		for _, text := range []string{text, Show(s)} {
			if err := valid(wide, text); err != nil {
				t.Fatalf("%v\nin\n%s", err, text)
			}
		}
	})
	if n < drawn/2 { // of 300, or of 60 with -short
		t.Errorf("of %d scenarios only %d were sound", drawn, n)
	}
}

// TestSchemaRefuses holds that a schema refuses the mistakes that a schema can
// see, and nothing that is read.
func TestSchemaRefuses(t *testing.T) {
	r := resolved(t, Schema())
	const small = "paxsim: 1\nactors: 5\nrequests: none\n"
	tests := []struct{ why, text string }{
		{"no format", "actors: 5\nrequests: none\n"},
		{"a later format", "paxsim: 2\nactors: 5\nrequests: none\n"},
		{"a format in quotes", "paxsim: '1'\nactors: 5\nrequests: none\n"},
		{"no actors", "paxsim: 1\nrequests: none\n"},
		{"no requests", "paxsim: 1\nactors: 5\n"},
		{"a list", "- paxsim: 1\n"},
		{"an unknown key", small + "weather: fine\n"},
		{"an unknown key in a section", small + "network: {los: 1%}\n"},
		{"an unknown key in a fault", small + "faults: {f: {crash: [1], untill: 1s}}\n"},
		{"an unknown key in a request", "paxsim: 1\nactors: 5\nrequests: [{actr: 1}]\n"},
		{"an unknown setting", small + "paxos: {haste: true}\n"},
		{"an instance that is no number", small + "expect: {instances: {first: {decided_within: 1s}}}\n"},
		{"nothing of an instance", small + "expect: {instances: {0: {}}}\n"},
		{"an unknown key of an instance", small + "expect: {instances: {0: {always: decided}}}\n"},
		{"a clause of an instance that there is not", small + "expect: {instances: {0: {learned: all}}}\npremise: {calm: loss, breaks: instances.0.always}\n"},
		{"an unknown protocol", small + "protocol: raft\n"},
		{"an unknown word", small + "paxos: {on_nack: sulk}\n"},
		{"an unknown invariant", small + "invariants: [fairness]\n"},
		{"an invariant twice", small + "invariants: [agreement, agreement]\n"},
		{"an invariant for a list", small + "invariants: agreement\n"},
		{"an empty section", small + "network: {}\n"},
		{"an empty list", small + "invariants: []\n"},
		{"an empty value", small + "tick:\n"},
		{"an empty text", small + "teaches: ''\n"},
		{"nobody", "paxsim: 1\nactors: 0\nrequests: none\n"},
		{"2^40 actors", "paxsim: 1\nactors: 1099511627776\nrequests: none\n"},
		{"half an actor", "paxsim: 1\nactors: 2.5\nrequests: none\n"},
		{"actors in quotes", "paxsim: 1\nactors: '5'\nrequests: none\n"},
		{"a list of actors for their number", "paxsim: 1\nactors: [1, 2]\nrequests: none\n"},
		{"a time without a unit", small + "disk: {sync: 20}\n"},
		{"a time in days", small + "disk: {sync: 1d}\n"},
		{"a negative time", small + "disk: {sync: -1ms}\n"},
		{"a limit of no time", small + "limits: {time: 0s}\n"},
		{"a tick of no time", small + "tick: 0.0ms\n"},
		{"a span of three", small + "network: {delay: 1ms..2ms..3ms}\n"},
		{"a model of delays without an end", small + "network: {delay: {least: 1ms, exponential: 10ms}}\n"},
		{"a model of delays that is none", small + "network: {delay: {least: 1ms, gamma: 10ms, most: 1s}}\n"},
		{"a model with a parameter of another", small + "network: {delay: {least: 1ms, exponential: 10ms, alpha: 1.5, most: 1s}}\n"},
		{"a mean of no time", small + "network: {delay: {least: 1ms, exponential: 0s, most: 1s}}\n"},
		{"a sigma of words", small + "network: {delay: {least: 1ms, log-normal: 10ms, sigma: wide, most: 1s}}\n"},
		{"a sigma too wide", small + "network: {delay: {least: 1ms, log-normal: 10ms, sigma: 10.5, most: 1s}}\n"},
		{"a table of no points", small + "network: {delay: {table: []}}\n"},
		{"a point of three", small + "network: {delay: {table: [[100%, 1ms, 2ms]]}}\n"},
		{"a table that is empty in one place", small + "network: {delay: {table: [[50%, 1ms], []]}}\n"},
		{"a chance without per cent", small + "network: {loss: 30}\n"},
		{"a negative chance", small + "network: {loss: -1%}\n"},
		{"a chance of words", small + "network: {loss: often}\n"},
		{"a yes for a true", small + "paxos: {adopt: 'true'}\n"},
		{"a fault that does nothing", small + "faults: {f: {at: 1s}}\n"},
		{"a fault that does two things", small + "faults: {f: {split: [[1]], crash: [2]}}\n"},
		{"a fault with the name of a family", small + "faults: {loss: {crash: [1]}}\n"},
		{"a fault with a bad name", small + "faults: {1st: {crash: [1]}}\n"},
		{"a fault that names nobody", small + "faults: {f: {crash: []}}\n"},
		{"a part that is empty", small + "faults: {f: {split: [[1], []]}}\n"},
		{"an actor twice", small + "faults: {f: {crash: [1, 1]}}\n"},
		{"faults in a list", small + "faults: [{crash: [1]}]\n"},
		{"a fault of two shapes", small + "faults: {f: {ring: all, isolate: any}}\n"},
		{"a group of actors that is none", small + "faults: {f: {crash: everyone}}\n"},
		{"a role of nobody", small + "faults: {f: {crash: follower}}\n"},
		{"none at random", small + "faults: {f: {pause: any 0}}\n"},
		{"a part that is no part", small + "faults: {f: {split: halves}}\n"},
		{"a weather that changes nothing", small + "faults: {f: {weather: {from: any}}}\n"},
		{"an unknown key in a weather", small + "faults: {f: {weather: {loss: 1%, fog: 1%}}}\n"},
		{"a clog of a word", small + "faults: {f: {clog: some}}\n"},
		{"a message of no protocol", small + "faults: {f: {clog: {messages: [Hello]}}}\n"},
		{"a message twice", small + "faults: {f: {clog: {messages: [Accept, Accept]}}}\n"},
		{"a moment without a verb", small + "faults: {f: {crash: any, when: 2 Accept}}\n"},
		{"a moment of a thing that is not saved", small + "faults: {f: {crash: any, when: any saves money}}\n"},
		{"a moment of no times", small + "faults: {f: {crash: any, when: 2 sends Accept 0 times}}\n"},
		{"a moment to a majority that decides", small + "faults: {f: {crash: any, when: any decides to majority}}\n"},
		{"a period without a length", small + "periods: [{loss: 1%}]\n"},
		{"a period of no time", small + "periods: [{for: 0s}]\n"},
		{"periods by a word", small + "periods: four\n"},
		{"no periods", small + "periods: []\n"},
		{"a core by another word", small + "until: 1s\ncore: most\n"},
		{"sparing somebody else", small + "spare: leader\n"},
		{"four copies", small + "network: {copies: 4}\n"},
		{"no room on a link", small + "network: {capacity: 0}\n"},
		{"eviction by chance", small + "network: {evict: any}\n"},
		{"actor 0", small + "members: [0]\n"},
		{"members by a word", small + "members: most\n"},
		{"a request for a value that stands for none", "paxsim: 1\nactors: 5\nrequests: [{value: '-'}]\n"},
		{"a word that is no list of requests", "paxsim: 1\nactors: 5\nrequests: some\n"},
		{"a name too long", "paxsim: 1\nactors: 5\nrequests: [{value: " + strings.Repeat("x", 41) + "}]\n"},
		{"a text with a space before it", small + "teaches: ' x'\n"},
	}
	for _, tt := range tests {
		v, err := asJSON(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.why, err)
			continue
		}
		if r.Validate(v) == nil {
			t.Errorf("%s is valid:\n%s", tt.why, tt.text)
		}
		if _, err := Read("bad.yaml", tt.text); err == nil {
			t.Errorf("%s is read:\n%s", tt.why, tt.text)
		}
	}
	refused := 0
	files, err := filepath.Glob("testdata/mistakes/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files: ", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(string(data), "----\n")
		if v, err := asJSON(text); err == nil && r.Validate(v) != nil {
			refused++
		}
	}
	if refused < 20 {
		t.Errorf("of the files with mistakes the schema refuses only %d", refused)
	}
}
