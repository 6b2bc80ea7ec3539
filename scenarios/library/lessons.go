package library

import _ "embed"

// Lessons are those of a page of play, from the first run to a bug that was in real
// systems: a list in JSON, as view.Lesson has it.
//
//go:embed lessons.json
var Lessons []byte
