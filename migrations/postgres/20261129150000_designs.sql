-- The design versions of orders, which of them counts, and which the client was shown last.
ALTER TABLE "order" ADD COLUMN current_version BIGINT;
ALTER TABLE "order" ADD COLUMN shown_version BIGINT;

CREATE TABLE design (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    order_id UUID NOT NULL REFERENCES "order" (id),
    order_number TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    "by" TEXT NOT NULL,
    status TEXT NOT NULL,
    comment TEXT,
    submitted_at BIGINT,
    reviewed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- A number is given once in an order; and whoever asks for a file is asked what holds it.
CREATE UNIQUE INDEX design_version ON design (order_id, version);
CREATE INDEX design_sha256 ON design (sha256);
