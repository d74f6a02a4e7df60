// Checks a central's log with the code of Go's checksum database, which knows nothing of Plano:
//
//	check ADDRESS LOG-KEY WITNESS-KEY OLD-CHECKPOINT RECEIPT…
//
// The newest checkpoint is opened as a note; every tile is read and authenticated against it; every leaf of the entry bundles is
// hashed and compared; the old checkpoint has to be the beginning of the log; each receipt has to prove its leaf; and the
// witness has to have cosigned. Prints what it checked; the first thing that does not hold ends it with 1.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The tiles of C2SP tlog-tiles are 256 hashes wide.
const height = 8

func main() {
	if len(os.Args) < 5 {
		fail("usage: check ADDRESS LOG-KEY WITNESS-KEY OLD-CHECKPOINT RECEIPT…")
	}
	address, old, receipts := os.Args[1], os.Args[4], os.Args[5:]
	log, err := note.NewVerifier(os.Args[2])
	check(err, "the key of the log")
	witness, err := newWitness(os.Args[3])
	check(err, "the key of the witness")

	tree := open(get(address+"/checkpoint"), log, witness)
	tiles := &server{address: address}
	hashes := tlog.TileHashReader(tree, tiles)
	root, err := tlog.TreeHash(tree.N, hashes)
	check(err, "the root out of the tiles")
	if root != tree.Hash {
		fail("the tiles do not give the signed root")
	}
	leaves(address, tree, hashes)

	begin := open(read(old), log)
	proof, err := tlog.ProveTree(tree.N, begin.N, hashes)
	check(err, "the consistency proof")
	check(tlog.CheckTree(proof, tree.N, tree.Hash, begin.N, begin.Hash), "the log continues its old checkpoint")

	for _, path := range receipts {
		check(receipt(read(path), log), "the receipt "+path)
	}
	fmt.Printf("%d leaves, %d tiles, grown from %d, %d receipts\n", tree.N, tiles.read, begin.N, len(receipts))
}

// open reads a checkpoint that all of signers signed.
func open(msg []byte, signers ...note.Verifier) tlog.Tree {
	opened, err := note.Open(msg, note.VerifierList(signers...))
	check(err, "opening the checkpoint")
	if len(opened.Sigs) != len(signers) {
		fail("a signature is missing on the checkpoint")
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != signers[0].Name() {
		fail("the text of the checkpoint is not origin, size, root")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err, "the size")
	hash, err := tlog.ParseHash(lines[2])
	check(err, "the root")
	return tlog.Tree{N: size, Hash: hash}
}

// leaves hashes what the entry bundles hold and compares it with the authenticated hashes.
func leaves(address string, tree tlog.Tree, hashes tlog.HashReader) {
	for first := int64(0); first < tree.N; first += 1 << height {
		width := tree.N - first
		if width > 1<<height {
			width = 1 << height
		}
		path := strings.Replace(c2sp(tlog.Tile{H: height, L: 0, N: first >> height, W: int(width)}), "tile/0/", "tile/entries/", 1)
		rest := get(address + "/" + path)
		for index := first; index < first+width; index++ {
			if len(rest) < 2 {
				fail("an entry bundle is too short")
			}
			length := int(binary.BigEndian.Uint16(rest))
			if len(rest) < 2+length {
				fail("an entry bundle is too short")
			}
			known, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
			check(err, "the hash of a leaf")
			if known[0] != tlog.RecordHash(rest[2:2+length]) {
				fail(fmt.Sprintf("leaf %d has another hash", index))
			}
			rest = rest[2+length:]
		}
		if len(rest) != 0 {
			fail("an entry bundle is too long")
		}
	}
}

// receipt checks a C2SP tlog-proof.
func receipt(proof []byte, log note.Verifier) error {
	head, checkpoint, _ := strings.Cut(string(proof), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a tlog-proof")
	}
	leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	tree := open([]byte(checkpoint), log)
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(leaf))
}

// server reads tiles over HTTP; it is a tlog.TileReader.
type server struct {
	address string
	read    int
}

func (s *server) Height() int { return height }

func (s *server) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		all = append(all, get(s.address+"/"+c2sp(tile)))
		s.read++
	}
	return all, nil
}

func (s *server) SaveTiles([]tlog.Tile, [][]byte) {}

// c2sp is the path of a tile without its height, which is always 8 there.
func c2sp(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

// witness verifies cosignature/v1 lines; it is a note.Verifier. Go's package knows the type 1 alone.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newWitness(vkey string) (*witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("not name+id+key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, fmt.Errorf("not a key of the type 4")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, fmt.Errorf("the id does not belong to the key")
	}
	return &witness{name: parts[0], hash: hash, key: key[1:]}, nil
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := bytes.Join([][]byte{[]byte("cosignature/v1"), []byte(fmt.Sprintf("time %d", binary.BigEndian.Uint64(sig))), msg}, []byte("\n"))
	return ed25519.Verify(w.key, signed, sig[8:])
}

func get(url string) []byte {
	response, err := http.Get(url)
	check(err, url)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err, url)
	if response.StatusCode != 200 {
		fail(url + ": " + response.Status)
	}
	return body
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	check(err, path)
	return data
}

func check(err error, what string) {
	if err != nil {
		fail(what + ": " + err.Error())
	}
}

func fail(text string) {
	fmt.Fprintln(os.Stderr, text)
	os.Exit(1)
}
