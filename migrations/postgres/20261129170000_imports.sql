-- Imports, part by part; and clients who were taken back with one. Whoever imports is asked who is known by these numbers and addresses.
ALTER TABLE client ADD COLUMN removed_at BIGINT;
CREATE INDEX client_phone ON client (phone) WHERE phone IS NOT NULL;
CREATE INDEX client_email ON client (email) WHERE email IS NOT NULL;

CREATE TABLE import_part (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    import_id UUID NOT NULL,
    part BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    file TEXT NOT NULL,
    "by" TEXT NOT NULL,
    rows BIGINT NOT NULL,
    matched BIGINT NOT NULL,
    made TEXT NOT NULL,
    refused TEXT NOT NULL,
    undone TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
