-- What this desk has done, in the order in which it was done.
CREATE TABLE command (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    author BLOB NOT NULL CHECK (length(author) = 16),
    v INTEGER NOT NULL,
    name TEXT NOT NULL,
    args TEXT NOT NULL,
    subject TEXT,
    title TEXT NOT NULL DEFAULT '',
    made_at INTEGER NOT NULL,
    -- Ids of the commands it builds on, as a JSON list.
    after TEXT NOT NULL DEFAULT '[]',
    -- Revisions of what the person had before them, and how it looked then.
    seen TEXT NOT NULL DEFAULT '[]',
    saw TEXT NOT NULL DEFAULT '[]',
    -- Records it makes: that they are not in the mirror means that they are nowhere.
    makes TEXT NOT NULL DEFAULT '[]',
    state TEXT NOT NULL,
    -- The bytes as they were first sent; every later try sends the same.
    frozen TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    -- The server's answer, its number, and the history in which that number counts.
    outcome TEXT,
    seq INTEGER,
    generation INTEGER,
    finished_at INTEGER,
    -- What a person decided, and the command that took its place.
    settled TEXT,
    replaced_by BLOB
) STRICT;
CREATE INDEX command_open ON command (n) WHERE state IN ('held', 'queued', 'sent', 'refused', 'conflict', 'blocked', 'unknown');
CREATE INDEX command_finished ON command (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX command_applied ON command (generation, seq) WHERE state = 'applied';

-- Texts a person began and did not send.
CREATE TABLE draft (
    key TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- What was already told by a notification of the system.
CREATE TABLE toast (
    key TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

-- Records this person has looked at.
CREATE TABLE looked (
    record TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

-- Single values: the session, the server's clock, the history the mirror copies.
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
