-- Who did what, when, on which device; and beside it, under salts of their own, the values, which can be erased while their
-- hashes and the chain stay (R-103, R-019).
CREATE TABLE audit (
    n BIGINT NOT NULL PRIMARY KEY CHECK (n > 0),
    link BIGINT NOT NULL,
    command UUID NOT NULL,
    at BIGINT NOT NULL,
    actor UUID NOT NULL,
    device UUID,
    act TEXT NOT NULL
);

CREATE INDEX audit_link ON audit (link);
CREATE INDEX audit_actor ON audit (actor);

CREATE TABLE audit_value (
    entry BIGINT NOT NULL,
    place BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    id UUID NOT NULL,
    rev BIGINT NOT NULL,
    hash BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    salt BYTEA CHECK (octet_length(salt) = 16),
    text TEXT,
    PRIMARY KEY (entry, place),
    CHECK ((salt IS NULL) = (text IS NULL))
);

CREATE INDEX audit_value_record ON audit_value (kind, id, rev);
