package decode

import (
	"bytes"
	"embed"

	"sevenday"
)

//go:embed schema/*.schema.json
var schemas embed.FS

// Schema returns the JSON Schema (2020-12) of the kind's records, as it is
// published to producers. It panics for a kind that does not exist.
func Schema(kind sevenday.RecordKind) []byte {
	text, err := schemas.ReadFile("schema/" + kind.String() + ".schema.json")
	if err != nil {
		panic(err)
	}
	return bytes.Clone(text)
}
