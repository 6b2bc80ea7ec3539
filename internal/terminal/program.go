package terminal

// program is what the command is called.
var program = "paxsim"

// Program is the name of the command, in messages and in command lines that are printed:
// paxsim, unless a main of somebody else's has another name.
func Program() string { return program }

// Call sets what the command is called. It is called before anything is printed.
func Call(name string) { program = name }
