package scenarios

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/quorums"
)

// Schema is the JSON Schema (draft 2020-12) of scenario files, for editors and
// other tools. What it refuses [Read] refuses as well. Read refuses more: that a
// time is no multiple of the tick, that an actor does not exist, and whatever
// takes more than one field to see.
func Schema() []byte { return ours.schema() }

// schema is a part of a JSON Schema, in the order in which it is written.
type schema struct {
	Schema      string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Type        any        `json:"type,omitempty"` // a string or several
	Const       any        `json:"const,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Minimum     *int64     `json:"minimum,omitempty"`
	Above       *int64     `json:"exclusiveMinimum,omitempty"`
	Maximum     *int64     `json:"maximum,omitempty"`
	MinLength   int        `json:"minLength,omitempty"`
	MaxLength   int        `json:"maxLength,omitempty"`
	Pattern     string     `json:"pattern,omitempty"`
	Items       *schema    `json:"items,omitempty"`
	MinItems    int        `json:"minItems,omitempty"`
	MaxItems    int        `json:"maxItems,omitempty"`
	UniqueItems bool       `json:"uniqueItems,omitempty"`
	Names       *schema    `json:"propertyNames,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Others      any        `json:"additionalProperties,omitempty"` // a schema, or closed
	MinMembers  int        `json:"minProperties,omitempty"`
	MaxMembers  int        `json:"maxProperties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Not         *schema    `json:"not,omitempty"`
	AnyOf       []schema   `json:"anyOf,omitempty"`
	OneOf       []schema   `json:"oneOf,omitempty"`
	Default     any        `json:"default,omitempty"`
}

// closed, as Others of a schema, says that there are no other members.
var closed = json.RawMessage("false")

// properties are the members of an object, in the order of the table.
type properties []property

type property struct {
	name string
	is   schema
}

// MarshalJSON implements [json.Marshaler].
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		is, err := encode(m.is)
		if err != nil {
			return nil, err
		}
		b.Write(is)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode is json.Marshal without the escapes for HTML.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// schema is [Schema] for other protocols: a scenario of any of them.
func (ps Protocols) schema() []byte {
	names := ps.Names()
	first, _ := ps.Find(names[0])
	whole := schema{
		Schema:      "https://json-schema.org/draft/2020-12/schema",
		Title:       "paxsim scenario",
		Description: "What a scenario file of paxsim may say, and a story file. See docs/scenario.md, and docs/files.md for stories.",
		Type:        "object",
		Properties: properties{
			{formatKey, schema{Description: "the format of this file; the first key", Const: Format}},
			{baseKey, schema{Description: baseDoc + "; the second key", Type: "string", MinLength: 1}},
		},
		Others:   closed,
		Required: []string{formatKey},
		AnyOf:    []schema{{Required: []string{baseKey}}, {}},
	}
	needed := &whole.AnyOf[1].Required // by a file that has no base
	for _, f := range ps.fields(inAllWords{first, ps.allWords(), ps.allPhases()}) {
		if f.name == first.Name() || f.name == mutantKey {
			continue
		}
		switch f.name {
		case "invariants":
			f.schema = nameList(ps.all(invariantNames))
		case "expect":
			f = expectField(ps.all(invariantNames), ps.all(markNames)).about
		}
		whole.Properties = append(whole.Properties, f.orNone())
		if f.required {
			*needed = append(*needed, f.name)
		}
		if f.name == protocolKey {
			whole.Properties = append(whole.Properties, ps.mutantField()...)
			whole.Properties = append(whole.Properties, ps.settingSections()...)
		}
	}
	whole.Properties = append(whole.Properties, storyProperties(ps.all(invariantNames))...)
	text, err := encode(whole)
	if err != nil {
		panic("scenarios: " + err.Error())
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		panic("scenarios: " + err.Error())
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// fields are those of a file that runs a protocol, without the format, in the order in
// which they are written.
func (ps Protocols) fields(p sim.Protocol) []about {
	var list []about
	for _, a := range abouts(table(p)) {
		list = append(list, a)
		if a.name == "tick" {
			list = append(list, about{name: protocolKey, doc: "what the actors run", takes: "one of " + strings.Join(ps.Names(), ", "), usual: ps.Names()[0],
				schema: schema{Enum: ps.Names()}})
		}
	}
	return list
}

// settingSections are the settings of every protocol.
func (ps Protocols) settingSections() (list properties) {
	for _, name := range ps.Names() {
		p, _ := ps.Find(name)
		for _, f := range abouts(table(p)) {
			if f.name == name {
				list = append(list, f.orNone())
			}
		}
	}
	return list
}

// inAllWords is a protocol with the words and the phases of all protocols.
type inAllWords struct {
	sim.Protocol
	words  sim.Vocabulary
	phases []quorums.Phase
}

// Phases implements [sim.Protocol].
func (p inAllWords) Phases() []quorums.Phase { return p.phases }

// Vocabulary implements [sim.Protocol].
func (p inAllWords) Vocabulary() *sim.Vocabulary { return &p.words }

func (ps Protocols) allWords() (all sim.Vocabulary) {
	add := func(list *[]string, words []string) {
		for _, w := range words {
			if !slices.Contains(*list, w) {
				*list = append(*list, w)
			}
		}
	}
	for _, name := range ps.Names() {
		p, _ := ps.Find(name)
		w := p.Vocabulary()
		add(&all.Messages, w.Messages)
		add(&all.Roles, w.Roles)
		add(&all.Saves, w.Saves)
		add(&all.Operations, w.Operations)
	}
	return all
}

func (ps Protocols) allPhases() (all []quorums.Phase) {
	for _, name := range ps.Names() {
		p, _ := ps.Find(name)
		for _, x := range p.Phases() {
			if !slices.ContainsFunc(all, func(y quorums.Phase) bool { return y.Name == x.Name }) {
				all = append(all, x)
			}
		}
	}
	return all
}

// all are the names of something that each protocol has.
func (ps Protocols) all(names func(sim.Protocol) []string) (list []string) {
	for _, name := range ps.Names() {
		p, _ := ps.Find(name)
		list = append(list, names(p)...)
	}
	return list
}

// property is a field as a member of an object.
func (a about) property() property {
	is := a.schema
	switch {
	case a.parts != nil:
		is = object(a)
		if a.word != "" {
			is = schema{AnyOf: []schema{is, {Const: a.word}}}
		}
	case a.named && a.names != nil:
		one := a.entry.schema
		if a.entry.parts != nil {
			one = object(*a.entry)
		}
		is = schema{Type: "object", MinMembers: 1, MaxMembers: a.most, Others: one, Names: a.names}
		if a.word != "" {
			is = schema{AnyOf: []schema{is, {Const: a.word}}}
		}
	case a.named:
		is = schema{Type: "object", MinMembers: 1, MaxMembers: maxFaults, Others: schema{AnyOf: []schema{object(*a.entry), {Const: none}}},
			Names: &schema{Pattern: faultName.String(), Not: &schema{Enum: families}}}
	case a.entry != nil:
		one := object(*a.entry)
		is = schema{Type: "array", Items: &one, MinItems: 1, MaxItems: a.most}
		if a.words != nil {
			is = schema{AnyOf: []schema{{Enum: a.words}, is}}
		}
	}
	is.Description = a.doc
	if a.usual != "" {
		is.Default = a.usual
		if v, err := json.Marshal(json.RawMessage(a.usual)); err == nil { // a number or a truth value
			is.Default = json.RawMessage(v)
		}
	}
	return property{a.name, is}
}

// orNone is a field at the head of a file as a member of an object. A section may
// be taken out of what a base says.
func (a about) orNone() property {
	p := a.property()
	if a.parts == nil && !a.named {
		return p
	}
	doc := p.is.Description
	p.is.Description = ""
	return property{p.name, schema{Description: doc, AnyOf: []schema{p.is, {Const: none}}}}
}

// object is a mapping of fields, and holds at least one.
func object(a about) schema {
	s := schema{Type: "object", MinMembers: 1, Others: closed}
	for _, f := range a.parts {
		s.Properties = append(s.Properties, f.property())
		if f.required {
			s.Required = append(s.Required, f.name)
		}
	}
	for _, name := range a.oneOf {
		s.OneOf = append(s.OneOf, schema{Required: []string{name}})
	}
	for _, name := range a.someOf {
		s.AnyOf = append(s.AnyOf, schema{Required: []string{name}})
	}
	return s
}

// bound is a number in a schema.
func bound(n int64) *int64 { return &n }
