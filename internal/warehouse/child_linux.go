package warehouse

import (
	"os/exec"
	"syscall"
)

// kernelEndsChildren tells that dieWithParent is enough on this system.
const kernelEndsChildren = true

// dieWithParent has the kernel kill the command when the thread that starts it
// ends, so that thread must live as long as the command: see launch. SIGKILL
// loses no inserted row and can't be put off.
func dieWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// executable is this program's file, even if it was replaced or deleted since.
func executable() (string, error) { return "/proc/self/exe", nil }
