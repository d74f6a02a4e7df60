-- Version 3: results that came without their chain, out of a QR code. They stay here also when the chain has come.

CREATE TABLE carried (
    digest  BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    station TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    at      TEXT NOT NULL,
    note    BLOB NOT NULL
) STRICT;

CREATE TRIGGER carried_once BEFORE INSERT ON carried
WHEN EXISTS (SELECT 1 FROM carried WHERE digest = new.digest)
BEGIN SELECT RAISE(ABORT, 'the carried result is kept already'); END;
CREATE TRIGGER carried_stays BEFORE UPDATE ON carried BEGIN SELECT RAISE(ABORT, 'insert only'); END;
CREATE TRIGGER carried_kept BEFORE DELETE ON carried BEGIN SELECT RAISE(ABORT, 'insert only'); END;
