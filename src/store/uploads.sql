-- Where central takes the bytes of a photo whose upload has begun; the last row of an item is in force.
CREATE TABLE upload (
    n    INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES item (n),
    url  TEXT NOT NULL,
    at   TEXT NOT NULL
) STRICT;

CREATE INDEX upload_of_item ON upload (item);

CREATE TRIGGER upload_follows BEFORE INSERT ON upload
WHEN NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM upload)
BEGIN SELECT RAISE(ABORT, 'rows are only added behind the last'); END;
CREATE TRIGGER upload_stays BEFORE UPDATE ON upload BEGIN SELECT RAISE(ABORT, 'rows stay as they are'); END;
CREATE TRIGGER upload_kept BEFORE DELETE ON upload BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
