package warehouse

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// The environment that turns this executable into a child. What it runs is in
// the arguments: the library or program first.
const (
	childVariable = "SEVENDAY_CLICKHOUSE_CHILD"
	childLibrary  = "library" // be the server, by the library's hand
	childKeeper   = "keeper"  // start the program, end it with the parent
)

// ChildMain must be called first thing in main, and in TestMain of tests that
// start a server. It does nothing unless this process was started by
// Start as the child that is the server; then it never returns.
//
// The server is a process of its own so that a crash there is not one here.
func ChildMain() {
	role := os.Getenv(childVariable)
	if role == "" {
		return
	}
	// Nothing that the child starts is a child of this kind again.
	err := os.Unsetenv(childVariable)
	if err == nil && role == childLibrary {
		go exitWithParent(nil)
		err = runLibrary(os.Args[1], os.Args[1:])
	} else if err == nil {
		err = keep(os.Args[1], os.Args[2:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// exitWithParent waits for the end of standard input, a pipe whose other end
// the parent holds as long as it lives, whatever ends it. Then it ends program,
// if there is one, and this process.
func exitWithParent(program *os.Process) {
	// An error of reading means the same as the end of the pipe: no parent.
	_, _ = io.Copy(io.Discard, os.Stdin)
	if program != nil {
		_ = program.Kill()
	}
	os.Exit(1)
}

// keep runs a program that knows nothing of our pipe, where the kernel can't
// tie its life to the parent's.
func keep(program string, arguments []string) error {
	command := exec.Command(program, arguments...) //nolint:gosec // the parent chose the program
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Start(); err != nil {
		return err
	}
	go exitWithParent(command.Process)
	forwardTermination(command.Process)
	return command.Wait()
}

// runLibrary runs libchdb's command line with the arguments, the first of which
// is the name it goes by. It returns when the server ends.
func runLibrary(path string, arguments []string) error {
	// The server's main thread must stay one thread for signals and thread-locals.
	runtime.LockOSThread()
	library, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	var run func(argc int32, argv unsafe.Pointer) uintptr
	var failure func(result uintptr) string
	purego.RegisterLibFunc(&run, library, "chdb_query_cmdline")
	purego.RegisterLibFunc(&failure, library, "chdb_result_error")
	argv := cStrings(arguments)
	result := run(int32(len(arguments)), unsafe.Pointer(&argv[0])) //nolint:gosec // argv is as C wants it
	runtime.KeepAlive(argv)
	if result == 0 {
		return errors.New("the library gave no result")
	}
	if message := failure(result); message != "" {
		return errors.New(message)
	}
	return nil
}

// cStrings returns the argv of the arguments: NUL-terminated texts and a
// closing nil pointer.
func cStrings(arguments []string) []*byte {
	argv := make([]*byte, 0, len(arguments)+1)
	for _, argument := range arguments {
		argv = append(argv, &append([]byte(argument), 0)[0])
	}
	return append(argv, nil)
}
