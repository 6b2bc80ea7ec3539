//go:build paxsimplay && js && wasm

package cli

import (
	"runtime/debug"
	"syscall/js"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/playhost"
	"github.com/paxsim/paxsim/sim/explain/play"
)

// Texts are what the help of a command says of its protocol. The engine has no help.
type Texts struct {
	Short, Runs, Vary, Counts string
	Examples                  map[string]string
}

// MainTelling is [Main].
func MainTelling(_ Texts, guests ...Guest) { Main(guests...) }

// Main answers the requests of a page until its worker is ended. The worker has a
// function paxsimReady, which takes the function that answers: request and reply are
// JSON. If a guest cannot be taken in, paxsimReady takes a text that says why.
func Main(guests ...Guest) {
	ready := js.Global().Get("paxsimReady")
	if err := join(guests); err != nil {
		ready.Invoke("a guest: " + err.Error())
		return
	}
	debug.SetGCPercent(400) // a worker has little in memory, and its collector stops all
	session := play.New(&playhost.Host{}, play.Usual)
	ready.Invoke(js.FuncOf(func(_ js.Value, args []js.Value) any {
		return string(session.Do(playhost.InTime(), []byte(args[0].String())))
	}))
	select {}
}
