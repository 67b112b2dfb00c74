-- The one row that gives out numbers, and the chain of commits (docs/sync.md: «One writer», «Chained»).
CREATE TABLE number (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    links INTEGER NOT NULL CHECK (links >= 0),
    audience_version INTEGER NOT NULL
) STRICT;

CREATE TABLE link (
    n INTEGER NOT NULL PRIMARY KEY CHECK (n > 0),
    last INTEGER NOT NULL CHECK (last > 0),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at INTEGER NOT NULL
) STRICT;

-- Where a commit ended: cursors, pages and marks stand only there.
CREATE UNIQUE INDEX link_last ON link (last);
