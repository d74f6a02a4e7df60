-- Central's ledger. Insert only: every table refuses UPDATE and DELETE, and an insert that would take another row's place.
-- Digests are BLOBs of 32 bytes; moments are texts as RFC 3339 with milliseconds.

CREATE TABLE issued (
    id      INTEGER PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    station TEXT NOT NULL,
    slot    TEXT NOT NULL CHECK (slot IN ('p1', 'p2')),
    at      TEXT NOT NULL,
    expires TEXT NOT NULL
) STRICT;

CREATE INDEX issued_by_officer ON issued (station, slot, id);

CREATE TABLE refused (
    id      INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;

CREATE TABLE accredited (
    id        INTEGER PRIMARY KEY,
    code      BLOB NOT NULL UNIQUE REFERENCES issued (hash),
    enrolment BLOB NOT NULL UNIQUE CHECK (length(enrolment) = 32),
    at        TEXT NOT NULL,
    note      BLOB NOT NULL
) STRICT;

-- In the order in which they came: the pages of one commit are full, and next to each other. Digests need no index: the bytes
-- of an entry name its station and position, which are unique, and leaves are unique by digest.
CREATE TABLE entry (
    id      INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    seq     INTEGER NOT NULL CHECK (seq >= 1),
    prev    BLOB NOT NULL CHECK (length(prev) = 32),
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    note    BLOB NOT NULL,
    UNIQUE (station, seq)
) STRICT;

CREATE TABLE diverged (
    digest  BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    station TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    at      TEXT NOT NULL,
    note    BLOB NOT NULL
) STRICT;

-- Results that came without their chain, out of a QR code. They stay here also when the chain has come.
CREATE TABLE carried (
    digest  BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    station TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    at      TEXT NOT NULL,
    note    BLOB NOT NULL
) STRICT;

CREATE TABLE filed (
    id      INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('violation', 'rule')),
    code    TEXT NOT NULL,
    text    TEXT NOT NULL,
    teks    TEXT NOT NULL,
    FOREIGN KEY (station, seq) REFERENCES entry (station, seq)
) STRICT;

CREATE INDEX filed_by_station ON filed (station, seq);

CREATE TABLE annotation (
    id     INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    note   BLOB NOT NULL
) STRICT;

CREATE TABLE act (
    id    INTEGER PRIMARY KEY,
    at    TEXT NOT NULL,
    by    TEXT NOT NULL,
    kind  TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;

-- The leaf of an annotation belongs to no station: its station is empty.
CREATE TABLE leaf (
    idx     INTEGER NOT NULL PRIMARY KEY CHECK (idx >= 0),
    station TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('entry', 'photo', 'annotation')),
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    bytes   BLOB NOT NULL,
    UNIQUE (station, kind, digest)
) STRICT;

-- Complete subtrees in the order in which a growing log completes them, from 0.
CREATE TABLE node (
    place INTEGER NOT NULL PRIMARY KEY CHECK (place >= 0),
    hash  BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE checkpoint (
    size INTEGER NOT NULL PRIMARY KEY CHECK (size >= 1),
    note BLOB NOT NULL
) STRICT;

-- An entry extends its station's chain, and takes nobody's place.
CREATE TRIGGER entry_extends BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE station = new.station AND seq >= new.seq)
  OR (new.seq > 1 AND NOT EXISTS (
        SELECT 1 FROM entry WHERE station = new.station AND seq = new.seq - 1 AND digest = new.prev))
BEGIN SELECT RAISE(ABORT, 'the entry does not extend its chain'); END;

-- A leaf is the next one.
CREATE TRIGGER leaf_is_next BEFORE INSERT ON leaf
WHEN new.idx <> (SELECT coalesce(max(idx) + 1, 0) FROM leaf)
BEGIN SELECT RAISE(ABORT, 'the leaf is not the next one'); END;

-- A checkpoint covers exactly the leaves that are there.
CREATE TRIGGER checkpoint_covers BEFORE INSERT ON checkpoint
WHEN new.size <> (SELECT coalesce(max(idx) + 1, 0) FROM leaf)
BEGIN SELECT RAISE(ABORT, 'the checkpoint does not cover the log'); END;

-- INSERT OR REPLACE removes the old row without asking a DELETE trigger; these stand before it.
CREATE TRIGGER issued_once BEFORE INSERT ON issued
WHEN EXISTS (SELECT 1 FROM issued WHERE id = new.id OR hash = new.hash)
BEGIN SELECT RAISE(ABORT, 'the code is issued already'); END;
CREATE TRIGGER refused_once BEFORE INSERT ON refused
WHEN EXISTS (SELECT 1 FROM refused WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'the refusal is there already'); END;
CREATE TRIGGER accredited_once BEFORE INSERT ON accredited
WHEN EXISTS (SELECT 1 FROM accredited WHERE id = new.id OR code = new.code OR enrolment = new.enrolment)
BEGIN SELECT RAISE(ABORT, 'the code is used already'); END;
CREATE TRIGGER diverged_once BEFORE INSERT ON diverged
WHEN EXISTS (SELECT 1 FROM diverged WHERE digest = new.digest)
BEGIN SELECT RAISE(ABORT, 'the other history is kept already'); END;
CREATE TRIGGER filed_once BEFORE INSERT ON filed
WHEN EXISTS (SELECT 1 FROM filed WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'the finding is filed already'); END;
CREATE TRIGGER annotation_once BEFORE INSERT ON annotation
WHEN EXISTS (SELECT 1 FROM annotation WHERE id = new.id OR digest = new.digest)
BEGIN SELECT RAISE(ABORT, 'the annotation is there already'); END;
CREATE TRIGGER act_once BEFORE INSERT ON act
WHEN EXISTS (SELECT 1 FROM act WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'the act is there already'); END;
CREATE TRIGGER leaf_once BEFORE INSERT ON leaf
WHEN EXISTS (SELECT 1 FROM leaf WHERE station = new.station AND kind = new.kind AND digest = new.digest)
BEGIN SELECT RAISE(ABORT, 'the item is in the log already'); END;
CREATE TRIGGER node_once BEFORE INSERT ON node
WHEN EXISTS (SELECT 1 FROM node WHERE place = new.place)
BEGIN SELECT RAISE(ABORT, 'the node is there already'); END;
CREATE TRIGGER checkpoint_once BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE size = new.size)
BEGIN SELECT RAISE(ABORT, 'the log is signed at this size already'); END;
CREATE TRIGGER carried_once BEFORE INSERT ON carried
WHEN EXISTS (SELECT 1 FROM carried WHERE digest = new.digest)
BEGIN SELECT RAISE(ABORT, 'the carried result is kept already'); END;
CREATE TRIGGER entry_once BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'the entry is there already'); END;

-- Nothing is changed or taken away.
CREATE TRIGGER issued_stays BEFORE UPDATE ON issued BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER issued_kept BEFORE DELETE ON issued BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER refused_stays BEFORE UPDATE ON refused BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER refused_kept BEFORE DELETE ON refused BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER accredited_stays BEFORE UPDATE ON accredited BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER accredited_kept BEFORE DELETE ON accredited BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER diverged_stays BEFORE UPDATE ON diverged BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER diverged_kept BEFORE DELETE ON diverged BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER carried_stays BEFORE UPDATE ON carried BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER carried_kept BEFORE DELETE ON carried BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER filed_stays BEFORE UPDATE ON filed BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER filed_kept BEFORE DELETE ON filed BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER annotation_stays BEFORE UPDATE ON annotation BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER annotation_kept BEFORE DELETE ON annotation BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER act_kept BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER leaf_stays BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER leaf_kept BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER node_stays BEFORE UPDATE ON node BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER node_kept BEFORE DELETE ON node BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'insert only'); END;
