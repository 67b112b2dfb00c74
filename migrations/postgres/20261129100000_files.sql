-- Files: that a person has put one on the server, and what is on its way there. The bytes lie beside the database.
CREATE TABLE file (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    by TEXT NOT NULL,
    policy TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX file_sha256 ON file (sha256);

CREATE TABLE upload (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES "user" (id),
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size > 0),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    policy TEXT NOT NULL,
    -- As it was sent, to be told again.
    metadata TEXT NOT NULL,
    received BIGINT NOT NULL CHECK (received BETWEEN 0 AND size),
    -- What has arrived, piece by piece: [{"at", "length", "id"}].
    parts TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    finished_at BIGINT
);

CREATE INDEX upload_user ON upload (user_id) WHERE finished_at IS NULL;
CREATE INDEX upload_until ON upload (until);
