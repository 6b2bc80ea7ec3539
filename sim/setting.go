package sim

import "math"

// Auto as a setting means: computed from the other settings.
const Auto = math.MinInt64

// SettingKind says what a setting is measured in.
type SettingKind uint8

// The kinds of settings.
const (
	Bool     SettingKind = iota // 0 or 1
	Count                       // a whole number
	Duration                    // ticks
	Chance                      // parts per billion
	Word                        // an index into Setting.Words
)

// Setting is a knob of a protocol.
type Setting struct {
	Name     string
	Kind     SettingKind
	Words    []string // of a Word
	Default  int64    // may be Auto
	Min, Max int64    // of a Count, a Duration or a Chance
	Doc      string   // one line

	// Unsafe says what is wrong with the protocol if the setting has the value
	// UnsafeAt, as a clause; "": it may have any value.
	Unsafe   string
	UnsafeAt int64
}

// Setting is the value of a setting of the scenario's protocol: what the
// scenario says, or the default. It panics if there is no such setting.
func (s *Scenario) Setting(name string) int64 {
	for i, setting := range s.Protocol.Settings() {
		if setting.Name == name {
			if s.Settings == nil {
				return setting.Default
			}
			return s.Settings[i]
		}
	}
	panic("sim: " + s.Protocol.Name() + " has no setting " + name)
}

// Unsafe lists the settings that have the value in which the protocol is broken.
func (s *Scenario) Unsafe() (out []Setting) {
	for _, setting := range s.Protocol.Settings() {
		if setting.Unsafe != "" && s.Setting(setting.Name) == setting.UnsafeAt {
			out = append(out, setting)
		}
	}
	return out
}
