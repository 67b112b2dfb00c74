-- Files: that a person has put one on the server, and what is on its way there. The bytes lie beside the database.
CREATE TABLE file (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    by TEXT NOT NULL,
    policy TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX file_sha256 ON file (sha256);

CREATE TABLE upload (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    user_id BLOB NOT NULL REFERENCES "user" (id),
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    policy TEXT NOT NULL,
    -- As it was sent, to be told again.
    metadata TEXT NOT NULL,
    received INTEGER NOT NULL CHECK (received BETWEEN 0 AND size),
    -- What has arrived, piece by piece: [{"at", "length", "id"}].
    parts TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;

CREATE INDEX upload_user ON upload (user_id) WHERE finished_at IS NULL;
CREATE INDEX upload_until ON upload (until);
