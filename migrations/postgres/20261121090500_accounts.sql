-- What only the server knows of a person: password, devices, tokens (hashed).
CREATE TABLE password (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES "user" (id),
    hash TEXT NOT NULL
);

CREATE TABLE device (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES "user" (id),
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE INDEX device_user ON device (user_id, created_at);

CREATE TABLE token_pair (
    id UUID NOT NULL PRIMARY KEY,
    parent UUID,
    user_id UUID NOT NULL REFERENCES "user" (id),
    device UUID REFERENCES device (id),
    access_hash BYTEA NOT NULL CHECK (octet_length(access_hash) = 32),
    access_until BIGINT NOT NULL,
    refresh_hash BYTEA CHECK (octet_length(refresh_hash) = 32),
    created_at BIGINT NOT NULL,
    void BOOLEAN NOT NULL
);

CREATE UNIQUE INDEX token_pair_access ON token_pair (access_hash);
CREATE UNIQUE INDEX token_pair_refresh ON token_pair (refresh_hash) WHERE refresh_hash IS NOT NULL;
CREATE INDEX token_pair_parent ON token_pair (parent) WHERE parent IS NOT NULL;
CREATE INDEX token_pair_user ON token_pair (user_id);
CREATE INDEX token_pair_device ON token_pair (device) WHERE device IS NOT NULL;

CREATE TABLE reset_token (
    hash BYTEA NOT NULL PRIMARY KEY CHECK (octet_length(hash) = 32),
    user_id UUID NOT NULL REFERENCES "user" (id),
    until BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX reset_token_user ON reset_token (user_id);
