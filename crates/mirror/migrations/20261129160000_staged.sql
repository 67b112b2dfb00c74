-- Files that commands wait for: they are here, and not on the server yet. They go when no command needs them any more.
CREATE TABLE staged (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    author BLOB NOT NULL CHECK (length(author) = 16),
    policy TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    -- The server's name of the upload, and how many bytes it has for certain.
    upload TEXT,
    sent INTEGER NOT NULL DEFAULT 0,
    -- Whether the server has the file.
    done INTEGER NOT NULL DEFAULT 0,
    -- Whether a person wants it to rest.
    paused INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Their bytes, from the first on; each piece but the last has a mebibyte.
CREATE TABLE staged_chunk (
    sha256 BLOB NOT NULL,
    piece INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (sha256, piece)
) STRICT;
