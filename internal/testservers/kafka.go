package testservers

import (
	_ "embed"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sevenday/internal/broker"
)

// kafkaStart bounds the start of the real broker: two starts of a JVM.
const kafkaStart = 2 * time.Minute

// Kafka starts a real Apache Kafka broker with all topics and returns its
// addresses. It ends with the test, and with this process however that ends.
// Where there is no Java, or no Maven to fetch the broker with, the test is skipped.
func Kafka(t testing.TB) []string {
	t.Helper()
	classes := kafkaClasses(t)
	dir := t.TempDir()
	address, properties := kafkaProperties(t, dir)
	formatKafka(t, classes, properties)
	runKafka(t, classes, properties, filepath.Join(dir, "kafka.log"))
	awaitKafka(t, address, filepath.Join(dir, "kafka.log"))
	return []string{address}
}

// kafkaClasses returns the class path of the broker, fetching it the first time.
func kafkaClasses(t testing.TB) string {
	t.Helper()
	for _, program := range []string{"java", "mvn"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("the real Kafka broker needs %s, which is not on PATH", program)
		}
	}
	_, file, _, _ := runtime.Caller(0)
	script := filepath.Join(filepath.Dir(file), "..", "..", "scripts", "kafka", "fetch.sh")
	fetch := exec.CommandContext(t.Context(), script)
	fetch.Stderr = os.Stderr
	folder, err := fetch.Output()
	if err != nil {
		t.Fatalf("fetch Apache Kafka: %v", err)
	}
	return filepath.Join(strings.TrimSpace(string(folder)), "lib", "*")
}

//go:embed kafka.properties
var kafkaTemplate string

// kafkaProperties writes the broker's configuration and returns its address.
func kafkaProperties(t testing.TB, dir string) (address, file string) {
	t.Helper()
	address, controller := freeAddress(t), freeAddress(t)
	file = filepath.Join(dir, "server.properties")
	text := fmt.Sprintf(kafkaTemplate, address, controller, filepath.Join(dir, "kafka-logs"))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return address, file
}

func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// kafkaCluster is any id of a cluster: sixteen bytes in base64.
const kafkaCluster = "c2V2ZW5kYXktdGVzdHMtMQ"

func formatKafka(t testing.TB, classes, properties string) {
	t.Helper()
	format := exec.CommandContext(t.Context(), "java", "-cp", classes, "kafka.tools.StorageTool",
		"format", "-t", kafkaCluster, "-c", properties)
	if output, err := format.CombinedOutput(); err != nil {
		t.Fatalf("format the directory of Apache Kafka: %v\n%s", err, output)
	}
}

// watch runs a program until its own standard input ends, whoever closes it: us
// at the end of the test, or the system when this process is killed.
const watch = `"$@" </dev/null & child=$!; cat >/dev/null; kill -9 $child`

func runKafka(t testing.TB, classes, properties, log string) {
	t.Helper()
	output, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	// Not bound to the test's context: the pipe ends it.
	server := exec.Command("sh", "-c", watch, "sh", "java", "-Xmx512m", "-cp", classes, "kafka.Kafka", properties)
	server.Stdout, server.Stderr = output, output
	life, err := server.StdinPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatalf("start Apache Kafka: %v", err)
	}
	t.Cleanup(func() { endKafka(t, server, life, output) })
}

func endKafka(t testing.TB, server *exec.Cmd, life, output io.Closer) {
	if err := life.Close(); err != nil {
		t.Errorf("end Apache Kafka: %v", err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("Apache Kafka ended before the test did: %v", err)
	}
	if err := output.Close(); err != nil {
		t.Error(err)
	}
}

// awaitKafka returns when the broker has made the topics.
func awaitKafka(t testing.TB, address, log string) {
	t.Helper()
	deadline := time.Now().Add(kafkaStart)
	for ; ; time.Sleep(100 * time.Millisecond) {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			err = connection.Close()
		}
		if err == nil {
			err = broker.EnsureTopics(t.Context(), []string{address}, 1)
		}
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			words, _ := os.ReadFile(log) // what there is of it
			t.Fatalf("Apache Kafka did not come up in %s: %v\n%s", kafkaStart, err, words)
		}
	}
}
