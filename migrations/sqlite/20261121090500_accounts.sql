-- What only the server knows of a person: password, devices, tokens (hashed).
CREATE TABLE password (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES "user" (id),
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE device (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    user_id BLOB NOT NULL REFERENCES "user" (id),
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX device_user ON device (user_id, created_at);

CREATE TABLE token_pair (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    parent BLOB CHECK (length(parent) = 16),
    user_id BLOB NOT NULL REFERENCES "user" (id),
    device BLOB REFERENCES device (id),
    access_hash BLOB NOT NULL CHECK (length(access_hash) = 32),
    access_until INTEGER NOT NULL,
    refresh_hash BLOB CHECK (length(refresh_hash) = 32),
    created_at INTEGER NOT NULL,
    void INTEGER NOT NULL CHECK (void IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX token_pair_access ON token_pair (access_hash);
CREATE UNIQUE INDEX token_pair_refresh ON token_pair (refresh_hash) WHERE refresh_hash IS NOT NULL;
CREATE INDEX token_pair_parent ON token_pair (parent) WHERE parent IS NOT NULL;
CREATE INDEX token_pair_user ON token_pair (user_id);
CREATE INDEX token_pair_device ON token_pair (device) WHERE device IS NOT NULL;

CREATE TABLE reset_token (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    user_id BLOB NOT NULL REFERENCES "user" (id),
    until INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE INDEX reset_token_user ON reset_token (user_id);
