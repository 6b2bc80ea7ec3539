package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim/campaign"
)

// resumer keeps how far a hunt has come, so that another process can go on with
// it, also if this one is killed.
type resumer struct {
	name  string // the file
	of    report.HuntOf
	shard string
	ours  bool // the file is of this hunt: it was gone on with, or has been kept
}

// resumeFormat is the format of the file of a hunt that is not over: a line that
// says what it is of, and a line that is a [campaign.State].
const resumeFormat = "paxsim hunt 1"

// resumeHead is its first line.
type resumeHead struct {
	Format string        `json:"format"`
	Of     report.HuntOf `json:"of"`
	Shard  string        `json:"shard"`
	Sum    string        `json:"sha256"` // of the second line
}

func newResumer(dir string, of report.HuntOf, shard string) *resumer {
	return &resumer{name: nameOfHunt(dir, shard), of: of, shard: shard}
}

// nameOfHunt is the name of the file of a hunt in a directory.
func nameOfHunt(dir, shard string) string {
	if shard == "" {
		return filepath.Join(dir, "hunt.resume")
	}
	return filepath.Join(dir, "hunt-"+strings.ReplaceAll(shard, "/", "-of-")+".resume")
}

// keep writes the state down.
func (r *resumer) keep(s *campaign.State) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	head, err := json.Marshal(resumeHead{resumeFormat, r.of, r.shard, fmt.Sprintf("%x", sha256.Sum256(body))})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(r.name), 0o777); err != nil {
		return fileError(r.name, err)
	}
	if err := mayOverwrite("--out", r.name, `{"format":"paxsim hunt`, "a hunt that is not over"); err != nil {
		return err
	}
	if err := writeFile(r.name, bytes.Join([][]byte{head, body, nil}, []byte("\n"))); err != nil {
		return err
	}
	r.ours = true
	return nil
}

// huntFile is the file of a hunt that is not over. Its first line has at most
// maxHuntHead bytes.
var huntFile = kind{"a hunt that is not over", campaign.MaxState + maxHuntHead}

const maxHuntHead = 64 << 10

// read is the state that was kept of this hunt; nil: none was.
func (r *resumer) read() (*campaign.State, error) {
	if !r.there() {
		return nil, nil
	}
	file, size, err := huntFile.open(r.name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	bad := func(format string, args ...any) (*campaign.State, error) {
		return nil, usage("%s: %s", quoteOne(r.name), fmt.Sprintf(format, args...))
	}
	first, err := bufio.NewReaderSize(file, maxHuntHead).ReadSlice('\n')
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fileError(r.name, err)
	}
	var head resumeHead
	if err := json.Unmarshal(first, &head); err != nil || head.Format != resumeFormat {
		return bad("it is no hunt that can be gone on with: expected a first line with the format %q", resumeFormat)
	}
	if why := head.Of.Differs(&r.of); why != "" {
		return bad("it is of another hunt: %s", why)
	}
	if head.Shard != r.shard {
		return bad("it is of the shard %s, not %s", cmp.Or(head.Shard, "1/1"), cmp.Or(r.shard, "1/1"))
	}
	body := io.NewSectionReader(file, int64(len(first)), max(0, size-int64(len(first))-1)) // without the end of its line
	sum := sha256.New()
	if _, err := io.Copy(sum, body); err != nil {
		return nil, fileError(r.name, err)
	}
	if fmt.Sprintf("%x", sum.Sum(nil)) != head.Sum {
		return bad("it is damaged: its second line is not the one that was written; without --resume the hunt begins anew")
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return nil, fileError(r.name, err)
	}
	s, err := campaign.ReadState(body)
	if err != nil {
		return bad("%v", err)
	}
	r.ours = true
	return s, nil
}

// there says whether there is something to go on with.
func (r *resumer) there() bool {
	_, err := os.Stat(r.name)
	return err == nil
}

// over takes the file away, if it is of this hunt, and the directory if there is
// nothing else in it.
func (r *resumer) over() {
	if !r.ours {
		return
	}
	if os.Remove(r.name) == nil {
		_ = os.Remove(filepath.Dir(r.name)) // it stays if something is in it
	}
}
