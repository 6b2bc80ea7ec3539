package playhost

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// filed is a page of play in a file, with the engine in it, as the command writes it.
func filed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	command, name := filepath.Join(dir, "paxsim"), filepath.Join(dir, "play.html")
	for _, args := range [][]string{{"go", "build", "-o", command, "../.."}, {command, "play", "-o", name}} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	page, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if page.Size() > 4_000_000 {
		t.Errorf("the page has %d bytes", page.Size())
	}
	return "file://" + name
}

// TestBrowserFile: the page in a file is as the one over loopback, asks for nothing, and
// outlives its engine.
func TestBrowserFile(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := filed(t)
	p.Open(url)
	p.ready()
	p.Shoot("play-file")
	calm := p.digest()
	p.arrow(0, "Accept 1.1=1a from 1 to 2")
	p.choose("lose Accept 1.1 to 2")
	lost := p.digest()

	p.Until("paxsim.saved() === paxsim.digest()")
	// The engine is ended, as if it had broken. The run is there again.
	text[bool](p, "paxsim.stop() === undefined")
	p.Press("End")
	p.Press("u")
	p.Until("paxsim.digest() === '" + lost + "' && !document.body.classList.contains('busy')")
	p.arrow(0, "Accept 1.1=1a from 1 to 3")
	p.choose("lose Accept 1.1 to 3")
	if got := p.digest(); got == lost {
		t.Error("after the engine was ended nothing can be done")
	}
	p.Quiet(url, "blob:")

	// Over loopback the same runs have the same digests.
	there := served(t, view.Engine{})
	p.Open(there)
	p.ready()
	if got := p.digest(); got != calm {
		t.Errorf("over loopback the digest is %s, in the file %s", got, calm)
	}
	p.arrow(0, "Accept 1.1=1a from 1 to 2")
	p.choose("lose Accept 1.1 to 2")
	if got := p.digest(); got != lost {
		t.Errorf("over loopback the digest is %s, in the file %s", got, lost)
	}
}
