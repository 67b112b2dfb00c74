-- Who did what, when, on which device; and beside it, under salts of their own, the values, which can be erased while their
-- hashes and the chain stay (R-103, R-019).
CREATE TABLE audit (
    n INTEGER NOT NULL PRIMARY KEY CHECK (n > 0),
    link INTEGER NOT NULL,
    command BLOB NOT NULL CHECK (length(command) = 16),
    at INTEGER NOT NULL,
    actor BLOB NOT NULL CHECK (length(actor) = 16),
    device BLOB CHECK (length(device) = 16),
    act TEXT NOT NULL
) STRICT;

CREATE INDEX audit_link ON audit (link);
CREATE INDEX audit_actor ON audit (actor);

CREATE TABLE audit_value (
    entry INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    salt BLOB CHECK (length(salt) = 16),
    text TEXT,
    PRIMARY KEY (entry, place),
    CHECK ((salt IS NULL) = (text IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_value_record ON audit_value (kind, id, rev);
