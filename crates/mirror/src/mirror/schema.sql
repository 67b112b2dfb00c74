-- The mirror. It is disposable: a program that needs other tables builds it again from the feed, so this file may change
-- freely together with VERSION in mod.rs.

-- Kinds of records that newer servers send and this program does not know; the known ones have their own codes.
CREATE TABLE kind (
    code INTEGER PRIMARY KEY,
    wire TEXT NOT NULL UNIQUE
) STRICT;

-- Every record as it is shown: as the server last said it, or with this desk's unacknowledged acts laid over (ours = 1).
-- The list columns are taken from the decoded record; they are null where a kind has no such thing.
CREATE TABLE record (
    n INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    rev INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ours INTEGER NOT NULL,
    open INTEGER NOT NULL,
    state TEXT,
    about BLOB,
    due INTEGER,
    at INTEGER,
    snooze INTEGER,
    mine INTEGER,
    -- Whether this person has looked at it; the outbox keeps that, and it stays when the record changes.
    looked INTEGER NOT NULL,
    search TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_name ON record (kind, id);
-- All indexes are kept while the first sync runs: the desk is used from its first page, and making them at the end would keep
-- every list waiting. What waits, earliest promise first, ties longest waiting.
CREATE INDEX record_open ON record (kind, due, at, id, snooze, mine, looked) WHERE open = 1;
CREATE INDEX record_waiting ON record (about, kind) WHERE open = 1;
-- Everything by the moment it was answered or came, and what it can be found by.
CREATE INDEX record_list ON record (kind, open, at, id, state, search);
-- Consultations (kind 3) of a client, notes (kind 4) of what is looked at.
CREATE INDEX record_client ON record (about, id) WHERE kind = 3;
CREATE INDEX record_note ON record (about) WHERE kind = 4;
-- Orders (kind 7): newest first, whatever state they are in; those in this person's hands; and those of a client. Only an order pays for these.
CREATE INDEX record_order ON record (at, id, state) WHERE kind = 7;
CREATE INDEX record_order_mine ON record (at, id, state) WHERE kind = 7 AND mine IS NOT NULL;
CREATE INDEX record_order_client ON record (about, state) WHERE kind = 7;

-- How many records stand in each state, so that no list counts two hundred thousand rows.
CREATE TABLE tally (
    kind INTEGER NOT NULL,
    state TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, state)
) STRICT, WITHOUT ROWID;
-- New rows are counted by whoever writes them, many at once.
CREATE TRIGGER tally_delete AFTER DELETE ON record WHEN old.state IS NOT NULL BEGIN
    UPDATE tally SET n = n - 1 WHERE kind = old.kind AND state = old.state;
END;
CREATE TRIGGER tally_update AFTER UPDATE OF state ON record WHEN old.state IS NOT new.state BEGIN
    UPDATE tally SET n = n - 1 WHERE kind = old.kind AND state = old.state;
    INSERT INTO tally SELECT new.kind, new.state, 1 WHERE new.state IS NOT NULL ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- What the server last said of a record that is laid over; without a body it does not have the record.
CREATE TABLE undo (
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    rev INTEGER,
    seq INTEGER,
    body TEXT,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Losses that came while the first walk was under way: a page of the walk that was read before must not bring the record back.
CREATE TABLE gone (
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Where this mirror stands. One row.
CREATE TABLE position (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,
    head INTEGER,
    live TEXT,
    whole INTEGER,
    level INTEGER NOT NULL DEFAULT 0,
    opened INTEGER NOT NULL DEFAULT 0,
    walk TEXT,
    walked INTEGER NOT NULL DEFAULT 0,
    checked_at INTEGER
) STRICT;
