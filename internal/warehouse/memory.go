package warehouse

import (
	"bufio"
	"os"
	"strconv"
	"strings"
)

const gibibyte = 1 << 30

// limits are the memory that readers' queries may take, in bytes.
type limits struct{ analyst, dashboard int64 }

// memoryLimits gives analysts a quarter of the machine's memory, at most 8 GiB,
// and a dashboard's query half of that: ingest and batch must not feel them.
func memoryLimits() limits {
	analyst := min(max(machineMemory()/4, gibibyte), 8*gibibyte)
	return limits{analyst: analyst, dashboard: analyst / 2}
}

// machineMemory returns the machine's memory in bytes; where it can't be told,
// that of the smallest machine this is made for.
func machineMemory() int64 {
	const smallest = 4 * gibibyte
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return smallest
	}
	defer file.Close() //nolint:errcheck // a file that is only read
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 || fields[0] != "MemTotal:" {
			continue
		}
		if kibibytes, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
			return kibibytes << 10
		}
	}
	return smallest
}
