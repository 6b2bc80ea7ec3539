module github.com/paxsim/paxsim/internal/naive/guests

go 1.26.0

require (
	example.com/chain v0.0.0
	example.com/commit v0.0.0
	example.com/register v0.0.0
	github.com/paxsim/paxsim v0.0.0
)

replace (
	example.com/chain => ../../../examples/chain
	example.com/commit => ../../../examples/commit
	example.com/register => ../../../examples/register
	github.com/paxsim/paxsim => ../../..
)
