-- The one row that gives out numbers, and the chain of commits (docs/sync.md: «One writer», «Chained»).
CREATE TABLE number (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    epoch UUID NOT NULL,
    seq BIGINT NOT NULL CHECK (seq >= 0),
    chain BYTEA NOT NULL CHECK (octet_length(chain) = 32),
    links BIGINT NOT NULL CHECK (links >= 0),
    audience_version BIGINT NOT NULL
);

CREATE TABLE link (
    n BIGINT NOT NULL PRIMARY KEY CHECK (n > 0),
    last BIGINT NOT NULL CHECK (last > 0),
    salt BYTEA NOT NULL CHECK (octet_length(salt) = 16),
    hash BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    at BIGINT NOT NULL
);

-- Where a commit ended: cursors, pages and marks stand only there.
CREATE UNIQUE INDEX link_last ON link (last);
