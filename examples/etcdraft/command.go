package etcdraft

import (
	"encoding/binary"

	"github.com/paxsim/paxsim/sim"
)

// command is what a client asks for, as an entry of the log holds it.
type command struct {
	value   sim.Value
	actor   sim.ID // whose client asked
	request sim.RequestID
}

// commandSize is how many bytes a command has in an entry.
const commandSize = 12

func (c command) encode() []byte {
	data := make([]byte, 0, commandSize)
	data = binary.BigEndian.AppendUint32(data, uint32(c.value))
	data = binary.BigEndian.AppendUint32(data, uint32(c.actor))
	return binary.BigEndian.AppendUint32(data, uint32(c.request))
}

func decode(data []byte) command {
	return command{
		value:   sim.Value(binary.BigEndian.Uint32(data)),
		actor:   sim.ID(binary.BigEndian.Uint32(data[4:])),
		request: sim.RequestID(binary.BigEndian.Uint32(data[8:])),
	}
}

// applied is a command that a state machine has applied, and the entry that held it.
type applied struct {
	command
	index, term uint64
}

// machine is the state machine: the commands that were applied, in their order, and the
// index of the last entry that was. That entry need not hold a command: a leader begins
// with one that holds nothing (Raft paper, 8). A command that was proposed twice is there
// twice; to filter these is for machines that change something by a command.
type machine struct {
	commands []applied
	index    uint64
	sum      sim.Digest // of the commands
}

// add applies a command.
func (m *machine) add(c applied) {
	m.commands = append(m.commands, c)
	m.index = c.index
	m.sum.Mix(uint64(c.value)<<32 | uint64(c.request))
	m.sum.Mix(c.index)
}

// encode is the machine as a snapshot holds it.
func (m *machine) encode() []byte {
	data := binary.BigEndian.AppendUint64(nil, m.index)
	for _, c := range m.commands {
		data = append(data, c.encode()...)
		data = binary.BigEndian.AppendUint64(data, c.index)
		data = binary.BigEndian.AppendUint64(data, c.term)
	}
	return data
}

func decodeMachine(data []byte) (m machine) {
	index := binary.BigEndian.Uint64(data)
	for data = data[8:]; len(data) > 0; data = data[commandSize+16:] {
		m.add(applied{decode(data), binary.BigEndian.Uint64(data[commandSize:]), binary.BigEndian.Uint64(data[commandSize+8:])})
	}
	m.index = index
	return m
}

// holds says whether the machine has applied what a client asked for.
func (m *machine) holds(actor sim.ID, request sim.RequestID) bool {
	for i := range m.commands {
		if c := &m.commands[i]; c.actor == actor && c.request == request {
			return true
		}
	}
	return false
}
