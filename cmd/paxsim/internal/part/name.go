package part

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A part file is called .BASE.NONCE-CHECK.part. The check follows from the rest:
// so no file has such a name by chance, and none is taken for a part file that is
// something else.
const (
	ending      = ".part"
	digits      = 8  // of the nonce, and of the check
	longestBase = 80 // bytes: so that a long name does not become too long
)

// newName is a name for a part file that nobody has had yet.
func newName(base string) string {
	var nonce [digits / 2]byte
	_, _ = rand.Read(nonce[:]) // it never fails
	stem := "." + short(base) + "." + hex.EncodeToString(nonce[:])
	return stem + "-" + check(stem) + ending
}

// isOurs says whether a name is one of a part file.
func isOurs(name string) bool {
	rest, ok := strings.CutSuffix(name, ending)
	if !ok || len(rest) < digits+1 || rest[0] != '.' {
		return false
	}
	stem := rest[:len(rest)-digits-1]
	return rest == stem+"-"+check(stem)
}

func check(stem string) string {
	sum := sha256.Sum256([]byte("paxsim part " + stem))
	return hex.EncodeToString(sum[:digits/2])
}

// short is the beginning of a name.
func short(base string) string {
	if len(base) <= longestBase {
		return base
	}
	return strings.ToValidUTF8(base[:longestBase], "") // which may cut a letter
}
