// Command etcdraft is paxsim with etcd's raft library in it.
package main

import (
	"example.com/etcdraft"
	"github.com/paxsim/paxsim/cmd/paxsim/cli"
)

func main() {
	cli.Main(cli.Guest{Protocol: etcdraft.Protocol, Library: etcdraft.Scenarios, Ground: etcdraft.Ground})
}
