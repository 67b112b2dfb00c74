-- The commands that were judged, with their first answers: an id takes effect at most once (docs/sync.md: «Once»).
CREATE TABLE command (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    user_id BLOB NOT NULL CHECK (length(user_id) = 16),
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    seq INTEGER NOT NULL,
    applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

CREATE INDEX command_mine ON command (user_id, seq);
CREATE INDEX command_live ON command (seq);
CREATE INDEX command_refused ON command (at) WHERE applied = 0;

-- First answers under idempotency keys.
CREATE TABLE remembered (
    user_id BLOB NOT NULL CHECK (length(user_id) = 16),
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    "key" TEXT NOT NULL,
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, method, path, "key")
) STRICT;

CREATE INDEX remembered_at ON remembered (at);
