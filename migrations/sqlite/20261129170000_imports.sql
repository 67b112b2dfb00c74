-- Imports, part by part; and clients who were taken back with one. Whoever imports is asked who is known by these numbers and addresses.
ALTER TABLE client ADD COLUMN removed_at INTEGER;
CREATE INDEX client_phone ON client (phone) WHERE phone IS NOT NULL;
CREATE INDEX client_email ON client (email) WHERE email IS NOT NULL;

CREATE TABLE import_part (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    import_id BLOB NOT NULL CHECK (length(import_id) = 16),
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    file TEXT NOT NULL,
    "by" TEXT NOT NULL,
    rows INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    made TEXT NOT NULL,
    refused TEXT NOT NULL,
    undone TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
