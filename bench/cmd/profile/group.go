package main

import (
	"path"
	"strings"
)

// group says what an instruction is for. The first rule that fits counts.
func group(p place) string {
	file := path.Base(p.file)
	for _, r := range rules {
		if r.file != "" && r.file != file || r.function != "" && !strings.HasSuffix(p.function, r.function) {
			continue
		}
		return r.group
	}
	switch {
	case strings.HasPrefix(p.function, "actors/paxos."):
		return "the protocol's handlers"
	case strings.HasPrefix(p.function, "sim."):
		return "the rest of sim"
	}
	return "Go's runtime, and the rest"
}

const (
	startUp = "start-up of a run"
	queue   = "the queue"
	fate    = "the fate of a message: hash, loss, double, delay"
	digest  = "the digest, with the words of messages and records"
	loop    = "the loop: take an event, call its actor"
	sending = "sending: name, seal, file a message"
	disk    = "disks"
	alarms  = "alarms"
	clients = "clients, decisions, notes"
	picking = "what is enabled, and which of it is next"
)

// rules go by the end of a function's name and by the source file.
var rules = []struct{ function, file, group string }{
	{function: ").searchSteps", group: loop},
	{function: ").postSearched", group: sending},
	{file: "searched.go", group: picking},
	{file: "pending.go", group: picking},
	{file: "walk.go", group: picking},
	{file: "pct.go", group: picking},
	{file: "pos.go", group: picking},
	{function: ").Reset", group: startUp},
	{function: ").reset", group: startUp},
	{function: ").renew", group: startUp},
	{function: ".CopyFrom", group: startUp},
	{function: ".copyFrom", group: startUp},
	{function: ").openRequests", group: startUp},
	{function: "memclrNoHeapPointers", group: startUp},
	{function: ").Outcome", group: startUp},
	{file: "digest.go", group: digest},
	{function: ".Words", group: digest},
	{file: "queue.go", group: queue},
	{file: "far.go", group: queue},
	{file: "seed.go", group: fate},
	{file: "chance.go", group: fate},
	{file: "network.go", group: fate},
	{file: "weights.go", group: fate},
	{file: "disk.go", group: disk},
	{function: ").Save", group: disk},
	{function: ").arm", group: alarms},
	{function: ").After", group: alarms},
	{function: ").Stop", group: alarms},
	{function: ").timeout", group: alarms},
	{function: ").push", group: alarms},
	{file: "client.go", group: clients},
	{function: ").Decide", group: clients},
	{function: ").decide", group: clients},
	{function: ").Note", group: clients},
	{function: ").Send", group: sending},
	{function: ").Broadcast", group: sending},
	{function: ").broadcast", group: sending},
	{function: ").broadcastMany", group: sending},
	{function: ").file", group: sending},
	{function: ").seal", group: sending},
	{function: ").post", group: sending},
	{function: ").enqueue", group: sending},
	{function: ").Run", group: loop},
	{function: ").Step", group: loop},
	{function: ").Steps", group: loop},
	{function: ").happen", group: loop},
	{function: ").other", group: loop},
	{function: ").nextOfGroup", group: loop},
}
