-- The design versions of orders, which of them counts, and which the client was shown last.
ALTER TABLE "order" ADD COLUMN current_version INTEGER;
ALTER TABLE "order" ADD COLUMN shown_version INTEGER;

CREATE TABLE design (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    order_id BLOB NOT NULL REFERENCES "order" (id) CHECK (length(order_id) = 16),
    order_number TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    "by" TEXT NOT NULL,
    status TEXT NOT NULL,
    comment TEXT,
    submitted_at INTEGER,
    reviewed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- A number is given once in an order; and whoever asks for a file is asked what holds it.
CREATE UNIQUE INDEX design_version ON design (order_id, version);
CREATE INDEX design_sha256 ON design (sha256);
