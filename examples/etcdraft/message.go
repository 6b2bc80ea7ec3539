package etcdraft

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// message is a message of the library, as it is. Nobody changes it once it has been
// sent; [readable] sees to it that the library does not either.
type message struct{ pb *raftpb.Message }

// kinds are the words for the types of messages, by the library's numbers. Types that
// never leave a node have none.
var kinds = []string{
	raftpb.MsgProp: "Prop", raftpb.MsgApp: "App", raftpb.MsgAppResp: "AppResp",
	raftpb.MsgVote: "Vote", raftpb.MsgVoteResp: "VoteResp", raftpb.MsgSnap: "Snap",
	raftpb.MsgHeartbeat: "Heartbeat", raftpb.MsgHeartbeatResp: "HeartbeatResp",
	raftpb.MsgPreVote: "PreVote", raftpb.MsgPreVoteResp: "PreVoteResp",
}

// actions are those whose arrival carries the protocol forward.
const actions = 1<<raftpb.MsgProp | 1<<raftpb.MsgApp | 1<<raftpb.MsgAppResp | 1<<raftpb.MsgVote | 1<<raftpb.MsgVoteResp | 1<<raftpb.MsgSnap

func kindOf(word string) uint8 { return uint8(slices.Index(kinds, word)) }

// Kind implements [sim.Message].
func (m message) Kind() uint8 { return uint8(m.pb.GetType()) }

// Round is the term. Of a pre-vote it is the term that the sender would begin.
func (m message) Round() sim.Round { return sim.Round(m.pb.GetTerm()) }

// Hash mixes what the message says, without its type and those between whom it travels,
// which paxsim mixes. It only reads: to marshal would write into the message how long it
// is. A first word says which fields follow, so that no two messages are the same row of
// words.
func (m message) Hash(d *sim.Digest) {
	p := m.pb
	there := uint64(len(p.GetEntries()))<<16 | uint64(len(p.GetContext()))<<40
	if p.GetReject() {
		there |= 1
	}
	if p.GetSnapshot() != nil {
		there |= 2
	}
	if p.LogTerm != nil || p.Index != nil || p.RejectHint != nil || p.Vote != nil {
		there |= 4
	}
	d.Mix(there)
	d.Mix(p.GetTerm())
	d.Mix(p.GetCommit())
	if there == 0 { // as heartbeats and their answers are
		return
	}
	d.Mix(p.GetLogTerm())
	d.Mix(p.GetIndex())
	d.Mix(p.GetRejectHint())
	d.Mix(p.GetVote())
	for _, e := range p.GetEntries() {
		mixEntry(d, e)
	}
	mixBytes(d, p.GetContext())
	if p.GetSnapshot() != nil {
		mixSnapshot(d, p.GetSnapshot())
	}
}

func mixEntry(d *sim.Digest, e *raftpb.Entry) {
	d.Mix(uint64(e.GetType())<<56 | e.GetTerm())
	d.Mix(e.GetIndex())
	mixBytes(d, e.GetData())
}

func mixSnapshot(d *sim.Digest, s *raftpb.Snapshot) {
	meta := s.GetMetadata()
	d.Mix(meta.GetIndex())
	d.Mix(meta.GetTerm())
	for _, voter := range meta.GetConfState().GetVoters() {
		d.Mix(voter)
	}
	mixBytes(d, s.GetData())
}

// mixBytes mixes bytes, eight to a word, and how many they are. Of none it mixes nothing.
func mixBytes(d *sim.Digest, data []byte) {
	if len(data) == 0 {
		return
	}
	d.Mix(uint64(len(data)))
	for ; len(data) >= 8; data = data[8:] {
		d.Mix(binary.BigEndian.Uint64(data))
	}
	if len(data) > 0 {
		var rest [8]byte
		copy(rest[:], data)
		d.Mix(binary.BigEndian.Uint64(rest[:]))
	}
}

// Text is how the library describes the message, on one line, without what is said of
// every message: its type and those between whom it travels.
func (m message) Text(names sim.Names) string {
	text := strings.Join(strings.Fields(raft.DescribeMessage(m.pb, formatter(names))), " ")
	if _, rest, ok := strings.Cut(text, m.pb.GetType().String()+" "); ok {
		return rest
	}
	return text
}

// formatter tells the command of an entry to the library.
func formatter(names sim.Names) raft.EntryFormatter {
	return func(data []byte) string {
		if len(data) == 0 {
			return ""
		}
		return names.ValueName(decode(data).value)
	}
}

// readable is a message as the library may have it. A node that is not the leader sends
// a proposal of another node on, and writes into the very message to whom. A copy of the
// message may still be on its way, so the library gets one of its own.
func (m message) readable() *raftpb.Message {
	if m.pb.GetType() != raftpb.MsgProp {
		return m.pb
	}
	return &raftpb.Message{Type: m.pb.Type, To: m.pb.To, From: m.pb.From, Term: m.pb.Term, Entries: slices.Clone(m.pb.Entries)}
}
