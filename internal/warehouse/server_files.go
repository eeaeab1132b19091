package warehouse

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed config.xml.tmpl users.xml.tmpl
var templateFiles embed.FS

var templates = template.Must(template.New("").Option("missingkey=error").ParseFS(templateFiles, "*.tmpl"))

//go:embed sql/grants_admin.sql
var grantsAdmin string

//go:embed sql/grants_writer.sql
var grantsWriter string

//go:embed sql/grants_reader.sql
var grantsReader string

// roles lists the users of the embedded server, what they may do and under which limits.
var roles = []struct{ name, profile, grants string }{
	{UserAdmin, "default", grantsAdmin},
	{UserIngest, "default", grantsWriter},
	{UserBatch, "default", grantsWriter},
	{UserAnalyst, "analyst", grantsReader},
	{UserDashboard, "dashboard", grantsReader},
}

// Files of the embedded server within its directory.
const (
	configFile   = "config.xml"
	usersFile    = "users.xml"
	passwordFile = "passwords.json"
	portsFile    = "ports.json"
	lockFile     = "lock"
	logFile      = "clickhouse.log"
	outputFile   = "output.log"
	dataFolder   = "data"
)

// ports are where one start listens.
type ports struct {
	Native int `json:"native"`
	HTTP   int `json:"http"`
}

// choosePorts takes the last start's ports if they are free, else free ones.
func choosePorts(dir string) (ports, error) {
	var last ports
	err := readJSON(filepath.Join(dir, portsFile), &last)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ports{}, err
	}
	native, err := freePort(last.Native)
	if err != nil {
		return ports{}, err
	}
	defer native.Close() //nolint:errcheck // a listener without connections: nothing can be lost
	http, err := freePort(last.HTTP)
	if err != nil {
		return ports{}, err
	}
	defer http.Close() //nolint:errcheck // as above
	chosen := ports{portOf(native), portOf(http)}
	return chosen, writeJSON(filepath.Join(dir, portsFile), chosen)
}

// freePort listens on the wanted port of the loopback, or on any if that is taken or 0.
func freePort(wanted int) (net.Listener, error) {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", wanted))
	if err != nil && wanted != 0 {
		return net.Listen("tcp", "127.0.0.1:0")
	}
	return listener, err
}

func portOf(listener net.Listener) int { return listener.Addr().(*net.TCPAddr).Port }

func (p ports) native() string { return fmt.Sprintf("127.0.0.1:%d", p.Native) }
func (p ports) http() string   { return fmt.Sprintf("127.0.0.1:%d", p.HTTP) }

// loadPasswords returns every role's password: the last start's, or new random ones.
func loadPasswords(dir string) (map[string]string, error) {
	path := filepath.Join(dir, passwordFile)
	passwords := map[string]string{}
	if err := readJSON(path, &passwords); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, role := range roles {
		if passwords[role.name] == "" {
			passwords[role.name] = rand.Text()
		}
	}
	return passwords, writeJSON(path, passwords)
}

func readJSON(path string, value any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, value); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func writeJSON(path string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return writePrivate(path, text)
}

// writePrivate replaces a file in one step, readable by its owner alone.
func writePrivate(path string, content []byte) error {
	temporary := path + ".new"
	if err := os.WriteFile(temporary, content, 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}

// writeConfiguration writes config.xml and users.xml.
func (s *Server) writeConfiguration(chosen ports, passwords map[string]string) error {
	err := s.render(configFile, "config.xml.tmpl", map[string]any{
		"Data": s.path(dataFolder), "UsersFile": s.path(usersFile), "LogFile": s.path(logFile),
		"NativePort": chosen.Native, "HTTPPort": chosen.HTTP,
	})
	if err != nil {
		return err
	}
	memory := memoryLimits()
	return s.render(usersFile, "users.xml.tmpl", map[string]any{
		"Embedded": s.engine.library != "", "Locked": sha256Hex(rand.Text()),
		"AnalystMemory": memory.analyst, "AnalystSpill": memory.analyst / 2, "DashboardMemory": memory.dashboard,
		"Users": s.users(passwords),
	})
}

func (s *Server) render(file, template string, values map[string]any) error {
	var text bytes.Buffer
	if err := templates.ExecuteTemplate(&text, template, values); err != nil {
		return err
	}
	return writePrivate(s.path(file), text.Bytes())
}

type userEntry struct {
	Name, Profile, PasswordHash string
	Grants                      []string
}

func (s *Server) users(passwords map[string]string) []userEntry {
	var users []userEntry
	for _, role := range roles {
		grants := strings.ReplaceAll(strings.TrimSpace(role.grants), "{databases}", s.config.GrantOn+".*")
		users = append(users, userEntry{
			Name: role.name, Profile: role.profile, PasswordHash: sha256Hex(passwords[role.name]),
			Grants: strings.Split(grants, ";\n"),
		})
	}
	return users
}

func sha256Hex(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
