//go:build !linux

package warehouse

import (
	"os"
	"os/exec"
	"syscall"
)

// kernelEndsChildren tells that the kernel can't tie a child's life to its
// parent's here: the child watches a pipe instead.
const kernelEndsChildren = false

func dieWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// executable is this program's file.
func executable() (string, error) { return os.Executable() }
