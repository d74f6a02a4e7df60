-- The ledger of one station. Rows are only ever inserted; what is "current" is a view or a query.
-- Moments are RFC 3339 text in UTC, digests are 64 hexadecimal digits, notes are kept byte for byte.
-- Every table numbers its rows itself (n, seq), and a BEFORE INSERT trigger states that the next row follows the last:
-- "no update" triggers alone would not stop INSERT OR REPLACE.

-- What the station is founded on; one row, written when the station is set up.
CREATE TABLE founding (
    n               INTEGER PRIMARY KEY CHECK (n = 1),
    station         TEXT NOT NULL,
    election        BLOB NOT NULL,
    election_digest TEXT NOT NULL CHECK (length(election_digest) = 64),
    central_key     TEXT NOT NULL,
    at              TEXT NOT NULL
) STRICT;

-- Where central is reached; the last row is in force.
CREATE TABLE central_url (
    n   INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    at  TEXT NOT NULL
) STRICT;

-- Central's signed word on whose key signs.
CREATE TABLE accreditation (
    n        INTEGER PRIMARY KEY,
    slot     TEXT NOT NULL CHECK (slot IN ('p1', 'p2')),
    from_seq INTEGER NOT NULL CHECK (from_seq >= 1),
    digest   TEXT NOT NULL CHECK (length(digest) = 64),
    note     BLOB NOT NULL,
    at       TEXT NOT NULL
) STRICT;

-- Each try of an officer to unlock the key.
CREATE TABLE pin_try (
    n     INTEGER PRIMARY KEY,
    slot  TEXT NOT NULL CHECK (slot IN ('p1', 'p2')),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    at    TEXT NOT NULL
) STRICT;

-- The chain.
CREATE TABLE entry (
    seq    INTEGER PRIMARY KEY CHECK (seq >= 1),
    prev   TEXT NOT NULL CHECK (length(prev) = 64),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    note   BLOB NOT NULL
) STRICT;

-- What has to reach central: each entry, and each photo that an entry names.
CREATE TABLE item (
    n      INTEGER PRIMARY KEY,
    entry  INTEGER NOT NULL REFERENCES entry (seq),
    what   TEXT NOT NULL CHECK (what IN ('entry', 'photo')),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    bytes  INTEGER NOT NULL CHECK (bytes > 0)
) STRICT;

-- Written before anything is sent. An attempt without an outcome is an honest "unknown".
CREATE TABLE attempt (
    n    INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES item (n),
    at   TEXT NOT NULL
) STRICT;

-- Written after the answer. Stored means: central's signed receipt is here.
CREATE TABLE outcome (
    attempt  INTEGER PRIMARY KEY REFERENCES attempt (n),
    kind     TEXT NOT NULL CHECK (kind IN ('stored', 'later', 'refused', 'diverged')),
    receipt  BLOB CHECK ((receipt IS NOT NULL) = (kind = 'stored')),
    reason   TEXT NOT NULL,
    retry_at TEXT CHECK (retry_at IS NULL OR kind = 'later'),
    at       TEXT NOT NULL
) STRICT;

-- A person said "try now": outcomes of attempts up to after_attempt no longer hold anything back.
CREATE TABLE try_again (
    n             INTEGER PRIMARY KEY,
    after_attempt INTEGER NOT NULL CHECK (after_attempt >= 0),
    at            TEXT NOT NULL
) STRICT;

CREATE INDEX attempt_of_item ON attempt (item);
CREATE INDEX item_of_digest ON item (digest);

-- Items without a Stored outcome.
CREATE VIEW outbox AS
    SELECT * FROM item
    WHERE NOT EXISTS (
        SELECT 1 FROM attempt JOIN outcome ON outcome.attempt = attempt.n
        WHERE attempt.item = item.n AND outcome.kind = 'stored'
    );

-- An entry extends the chain, or it is not an entry of this station.
CREATE TRIGGER entry_extends BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
    OR NEW.prev IS NOT coalesce(
        (SELECT digest FROM entry ORDER BY seq DESC LIMIT 1),
        (SELECT election_digest FROM founding)
    )
BEGIN SELECT RAISE(ABORT, 'the entry does not extend the chain'); END;

-- A photo that two entries name is one item.
CREATE TRIGGER item_follows BEFORE INSERT ON item
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM item)
    OR EXISTS (SELECT 1 FROM item WHERE digest = NEW.digest AND what = NEW.what)
BEGIN SELECT RAISE(ABORT, 'the item is there already'); END;

CREATE TRIGGER founding_once BEFORE INSERT ON founding
WHEN EXISTS (SELECT 1 FROM founding)
BEGIN SELECT RAISE(ABORT, 'the station is set up already'); END;

CREATE TRIGGER central_url_follows BEFORE INSERT ON central_url
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM central_url)
BEGIN SELECT RAISE(ABORT, 'rows are only added behind the last'); END;

CREATE TRIGGER accreditation_follows BEFORE INSERT ON accreditation
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM accreditation)
BEGIN SELECT RAISE(ABORT, 'rows are only added behind the last'); END;

CREATE TRIGGER pin_try_follows BEFORE INSERT ON pin_try
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM pin_try)
BEGIN SELECT RAISE(ABORT, 'rows are only added behind the last'); END;

CREATE TRIGGER attempt_follows BEFORE INSERT ON attempt
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM attempt)
BEGIN SELECT RAISE(ABORT, 'rows are only added behind the last'); END;

CREATE TRIGGER outcome_once BEFORE INSERT ON outcome
WHEN EXISTS (SELECT 1 FROM outcome WHERE attempt = NEW.attempt)
BEGIN SELECT RAISE(ABORT, 'the attempt has its outcome already'); END;

CREATE TRIGGER try_again_follows BEFORE INSERT ON try_again
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM try_again)
BEGIN SELECT RAISE(ABORT, 'rows are only added behind the last'); END;

CREATE TRIGGER founding_stays BEFORE UPDATE ON founding BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER founding_kept BEFORE DELETE ON founding BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER central_url_stays BEFORE UPDATE ON central_url BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER central_url_kept BEFORE DELETE ON central_url BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER accreditation_stays BEFORE UPDATE ON accreditation BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER accreditation_kept BEFORE DELETE ON accreditation BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER pin_try_stays BEFORE UPDATE ON pin_try BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER pin_try_kept BEFORE DELETE ON pin_try BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER item_stays BEFORE UPDATE ON item BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER item_kept BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER attempt_stays BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER attempt_kept BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER outcome_stays BEFORE UPDATE ON outcome BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER outcome_kept BEFORE DELETE ON outcome BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
CREATE TRIGGER try_again_stays BEFORE UPDATE ON try_again BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER try_again_kept BEFORE DELETE ON try_again BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
