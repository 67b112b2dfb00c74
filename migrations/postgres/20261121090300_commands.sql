-- The commands that were judged, with their first answers: an id takes effect at most once (docs/sync.md: «Once»).
CREATE TABLE command (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL,
    fingerprint BYTEA NOT NULL CHECK (octet_length(fingerprint) = 32),
    seq BIGINT NOT NULL,
    applied BOOLEAN NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL
);

CREATE INDEX command_mine ON command (user_id, seq);
CREATE INDEX command_live ON command (seq);
CREATE INDEX command_refused ON command (at) WHERE NOT applied;

-- First answers under idempotency keys.
CREATE TABLE remembered (
    user_id UUID NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    "key" TEXT NOT NULL,
    fingerprint BYTEA NOT NULL CHECK (octet_length(fingerprint) = 32),
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (user_id, method, path, "key")
);

CREATE INDEX remembered_at ON remembered (at);
