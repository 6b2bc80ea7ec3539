package simtest_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
)

// outside is a module of somebody else's, in a folder whose name a shell would split.
const (
	outsideProtocol = `package mine

import "github.com/paxsim/paxsim/sim"

type proposal struct{ value sim.Value }

func (proposal) Kind() uint8               { return 0 }
func (p proposal) Hash(d *sim.Digest)      { d.Mix(uint64(p.value)) }
func (p proposal) Text(n sim.Names) string { return n.ValueName(p.value) }

type believer struct {
	sim.Base[proposal, sim.NoRecord]
	learned sim.Value
}

func (b *believer) Request(env *sim.Env[proposal, sim.NoRecord], r sim.Request) {
	env.Broadcast(proposal{r.Value})
}

func (b *believer) Receive(env *sim.Env[proposal, sim.NoRecord], _ sim.ID, p proposal) {
	if b.learned == 0 {
		b.learned = p.value
		env.Decide(0, p.value, 0)
	}
}

var Protocol = sim.Define(sim.Spec[believer, proposal, sim.NoRecord]{
	Name:       "mine",
	Vocabulary: sim.Vocabulary{Messages: []string{"Proposal"}},
	Actor:      func(*sim.Scenario, sim.Plan) believer { return believer{} },
	Invariants: sim.ConsensusInvariants(),
	History:    sim.WatchConsensus[proposal, sim.NoRecord],
})
`
	outsideTest = `package mine

import (
	"testing"

	"github.com/paxsim/paxsim/sim/simtest"
)

func TestMine(t *testing.T) {
	t.Run("it's split", func(t *testing.T) { simtest.Run(t, simtest.Of(Protocol, 3)) })
}

func FuzzMine(f *testing.F) { simtest.Fuzz(f, simtest.Of(Protocol, 3)) }
`
)

// TestOutside: in a module of somebody else's, go test keeps what it finds beside the
// test, and the command that it prints shows it again from another folder. The folder
// of artifacts has the path of the package in it.
func TestOutside(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it builds another module")
	}
	if runtime.GOOS == "windows" {
		t.Skip("the command is for a shell")
	}
	t.Parallel()
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir, artifacts := filepath.Join(t.TempDir(), "a module"), t.TempDir()
	mod, err := os.ReadFile(filepath.Join(top, "examples/register/go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod = bytes.Replace(mod, []byte("=> ../.."), []byte("=> "+top), 1)
	mod = bytes.Replace(mod, []byte("example.com/register"), []byte("example.com/outside"), 1)
	sum, err := os.ReadFile(filepath.Join(top, "examples/register/go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod": string(mod), "go.sum": string(sum), "mine/mine.go": outsideProtocol, "mine/mine_test.go": outsideTest,
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	call := func(in string, name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = in
		cmd.Env = append(os.Environ(), "PAXSIM_OUT="+artifacts)
		text, err := cmd.CombinedOutput()
		if err == nil {
			t.Fatalf("%v passes:\n%s", args, text)
		}
		return string(text)
	}
	again := regexp.MustCompile(`see it again: (.*)`)
	for _, x := range []struct{ run, keeps string }{
		{"TestMine", "TestMine/it_s_split-"}, // no file may have the name of the test
		{"FuzzMine", "FuzzMine/agreement-decide-"},
	} {
		out := call(dir, "go", "test", "-run", x.run, "./...")
		says(t, out, 1, "simtest: safety agreement (decide): ", "VIOLATED agreement (safety)", "Its story: ")
		for _, kept := range []string{"kept in ", "the story is in "} {
			says(t, out, 1, kept+filepath.Join(dir, "mine", "testdata", "paxsim", x.keeps))
		}
		line := again.FindStringSubmatch(out)
		if line == nil {
			t.Fatalf("no command in\n%s", out)
		}
		shown := call(t.TempDir(), "sh", "-c", line[1])
		says(t, shown, 1, "agreement (safety) still breaks at event", "VIOLATED agreement (safety)")
	}
	pages, _ := filepath.Glob(filepath.Join(artifacts, "example.com/outside/mine/*/*[0-9a-f].html"))
	deeper, _ := filepath.Glob(filepath.Join(artifacts, "example.com/outside/mine/TestMine/*/*[0-9a-f].html"))
	if len(pages) != 1 || len(deeper) != 1 {
		t.Errorf("pages %q and %q", pages, deeper)
	}
}
