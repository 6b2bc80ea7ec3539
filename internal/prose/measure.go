package prose

import "fmt"

// Limit is how many words a sentence of a page may have in the mean.
const Limit = 18.0

// LongLimit is how many words the longest may have.
const LongLimit = 45

// Measure is how plainly a page is written.
type Measure struct {
	Sentences, Words int // of its paragraphs and lists; tables are apart
	Longest          string
	Found            []Found // turns to avoid, in tables too
}

// Found is a turn to avoid, and where.
type Found struct {
	Turn     Turn
	Sentence string
}

// Mean is how many words a sentence has; 0 for a page without prose.
func (m Measure) Mean() float64 {
	if m.Sentences == 0 {
		return 0
	}
	return float64(m.Words) / float64(m.Sentences)
}

// Plain says whether the page is within the measure.
func (m Measure) Plain() bool { return m.Mean() <= Limit && len(m.Found) == 0 }

func (m Measure) String() string {
	return fmt.Sprintf("%4.1f %4d %4d", m.Mean(), m.Sentences, len(m.Found))
}

// Of measures a page of Markdown.
func Of(page string) Measure { return of(page, endedInPage) }

func of(page string, ends func(before, rest string) bool) (m Measure) {
	text, cells := blocks(page)
	for _, passage := range text {
		for _, s := range sentences(passage, ends) {
			n := words(s)
			if n == 0 {
				continue
			}
			m.Sentences++
			m.Words += n
			if n > words(m.Longest) {
				m.Longest = s
			}
			m.look(s)
		}
	}
	for _, cell := range cells {
		m.look(cell)
	}
	return m
}

// look notes the turns of a sentence, each once.
func (m *Measure) look(sentence string) {
	plain := fine.ReplaceAllString(sentence, "")
	for _, t := range turns {
		if t.is.MatchString(plain) {
			m.Found = append(m.Found, Found{t, sentence})
		}
	}
}
