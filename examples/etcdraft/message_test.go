package etcdraft

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
	"google.golang.org/protobuf/reflect/protoreflect"
)

func hash(m *raftpb.Message) uint64 {
	var d sim.Digest
	message{m}.Hash(&d)
	return uint64(d)
}

// TestHashSaysAll: each field of a message, and of what is in it, changes the hash, but
// for those that paxsim mixes. A field that a later version of the library adds is noticed.
func TestHashSaysAll(t *testing.T) {
	whole := func() *raftpb.Message {
		return &raftpb.Message{
			Entries:  []*raftpb.Entry{{}},
			Snapshot: &raftpb.Snapshot{Metadata: &raftpb.SnapshotMetadata{ConfState: &raftpb.ConfState{}}},
		}
	}
	others := map[protoreflect.FullName]string{
		"raftpb.Message.type":              "paxsim mixes the kind",
		"raftpb.Message.to":                "paxsim mixes it",
		"raftpb.Message.from":              "paxsim mixes it",
		"raftpb.Message.responses":         "is not sent",
		"raftpb.ConfState.learners":        "there are none: the configuration is that of the scenario",
		"raftpb.ConfState.voters_outgoing": "the same",
		"raftpb.ConfState.learners_next":   "the same",
		"raftpb.ConfState.auto_leave":      "the same",
	}
	blank, tried := hash(whole()), 0
	var walk func(find func(*raftpb.Message) protoreflect.Message)
	walk = func(find func(*raftpb.Message) protoreflect.Message) {
		fields := find(whole()).Descriptor().Fields()
		for i := range fields.Len() {
			f := fields.Get(i)
			switch {
			case others[f.FullName()] != "":
				continue
			case f.Kind() == protoreflect.MessageKind && f.IsList():
				walk(func(m *raftpb.Message) protoreflect.Message { return find(m).Get(f).List().Get(0).Message() })
				continue
			case f.Kind() == protoreflect.MessageKind:
				walk(func(m *raftpb.Message) protoreflect.Message { return find(m).Get(f).Message() })
				continue
			}
			m := whole()
			x := find(m)
			switch {
			case f.IsList():
				x.Mutable(f).List().Append(protoreflect.ValueOfUint64(7))
			case f.Kind() == protoreflect.Uint64Kind:
				x.Set(f, protoreflect.ValueOfUint64(7))
			case f.Kind() == protoreflect.BoolKind:
				x.Set(f, protoreflect.ValueOfBool(true))
			case f.Kind() == protoreflect.BytesKind:
				x.Set(f, protoreflect.ValueOfBytes([]byte("abcdefghijk")))
			case f.Kind() == protoreflect.EnumKind:
				x.Set(f, protoreflect.ValueOfEnum(1))
			default:
				t.Errorf("%s is a %v", f.FullName(), f.Kind())
			}
			if tried++; hash(m) == blank {
				t.Errorf("%s is not hashed", f.FullName())
			}
		}
	}
	walk(func(m *raftpb.Message) protoreflect.Message { return m.ProtoReflect() })
	if tried < 16 {
		t.Errorf("%d fields were tried", tried)
	}
}

// TestHashWritesNothing: a message that is hashed stays as it is, also where nobody looks.
func TestHashWritesNothing(t *testing.T) {
	m := &raftpb.Message{Type: raftpb.MsgApp.Enum(), Entries: []*raftpb.Entry{{Data: command{1, 2, 3}.encode()}}}
	if n := testing.AllocsPerRun(10, func() { hash(m) }); n > 1 {
		t.Errorf("%.0f allocations", n)
	}
	if hash(m) != hash(m) {
		t.Error("the second hash is another")
	}
}

type names struct{}

func (names) ValueName(v sim.Value) string { return string(rune('a' + v - 1)) }

// TestText: a message is told on one line, without what is said of every message.
func TestText(t *testing.T) {
	m := message{&raftpb.Message{
		Type: raftpb.MsgApp.Enum(), From: new(uint64(1)), To: new(uint64(2)), Term: new(uint64(3)), Index: new(uint64(4)), LogTerm: new(uint64(2)),
		Entries: []*raftpb.Entry{
			{Term: new(uint64(3)), Index: new(uint64(5))},
			{Term: new(uint64(3)), Index: new(uint64(6)), Data: command{2, 1, 1}.encode()},
		},
	}}
	if text, want := m.Text(names{}), "Term:3 Log:2/4 Entries:[ 3/5 EntryNormal 3/6 EntryNormal b ]"; text != want || strings.Contains(text, "\n") {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

// TestCommands: what is written is read back, and a snapshot of a machine is the machine.
func TestCommands(t *testing.T) {
	c := command{value: 70_000, actor: 3, request: 9}
	if got := decode(c.encode()); got != c || len(c.encode()) != commandSize {
		t.Errorf("got %v, want %v", got, c)
	}
	var m machine
	m.add(applied{c, 4, 2})
	m.add(applied{command{1, 1, 1}, 7, 3})
	m.index = 8
	back := decodeMachine(m.encode())
	if back.index != 8 || back.sum != m.sum || len(back.commands) != 2 || back.commands[1] != m.commands[1] {
		t.Errorf("got %v, want %v", back, m)
	}
}

// TestProposalIsCopied: the library writes into a proposal that it sends on, and so never
// gets the one that is on its way.
func TestProposalIsCopied(t *testing.T) {
	m := member{config: config{actors: 3}}
	storage := raft.NewMemoryStorage()
	must(storage.ApplySnapshot(&raftpb.Snapshot{Metadata: &raftpb.SnapshotMetadata{ConfState: m.voters()}}))
	node, err := raft.NewRawNode(&raft.Config{ID: 1, ElectionTick: 10, HeartbeatTick: 1, Storage: storage, MaxSizePerMsg: 1, MaxInflightMsgs: 1, Logger: nobody})
	must(err)
	must(node.Step(&raftpb.Message{Type: raftpb.MsgHeartbeat.Enum(), From: new(uint64(2)), To: new(uint64(1)), Term: new(uint64(1))}))
	proposal := func() message {
		return message{&raftpb.Message{Type: raftpb.MsgProp.Enum(), From: new(uint64(3)), To: new(uint64(1)), Entries: []*raftpb.Entry{{Data: command{1, 3, 1}.encode()}}}}
	}
	copied, given := proposal(), proposal()
	must(node.Step(copied.readable()))
	must(node.Step(given.pb))
	if copied.pb.GetTo() != 1 {
		t.Errorf("the proposal is now to %d", copied.pb.GetTo())
	}
	if given.pb.GetTo() == 1 {
		t.Error("the library writes into none: there is no need for a copy")
	}
}
