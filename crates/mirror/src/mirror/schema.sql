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
    -- 16 bytes, as its type in the program has them. No CHECK says so: for one that calls a function SQLite copies every page before a
    -- statement of many rows touches it.
    id BLOB NOT NULL,
    rev INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ours INTEGER NOT NULL,
    open INTEGER NOT NULL,
    state TEXT,
    about BLOB,
    due INTEGER,
    at INTEGER,
    number INTEGER,
    snooze INTEGER,
    mine INTEGER,
    -- Where it ranks among what waits for this person, and since when it waits.
    rank INTEGER,
    since INTEGER,
    -- Whether this person has looked at it; the outbox keeps that, and it stays when the record changes.
    looked INTEGER NOT NULL,
    search TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_name ON record (kind, id);
-- All indexes are kept while the first sync runs: the desk is used from its first page, and making them at the end would keep
-- every list waiting. What waits, earliest promise first, ties longest waiting.
CREATE INDEX record_open ON record (kind, due, at, id, snooze, mine, looked) WHERE open = 1;
-- What waits for this person, of whatever kind, as Antrean has it.
CREATE INDEX record_rank ON record (rank, since, id, kind, snooze, mine, looked) WHERE rank IS NOT NULL;
CREATE INDEX record_waiting ON record (about, kind) WHERE open = 1;
-- Everything by the moment it was answered or came, and what it can be found by.
CREATE INDEX record_list ON record (kind, open, at, id, state, search);
-- Consultations (kind 3) of a client, notes (kind 4) of what is looked at.
CREATE INDEX record_client ON record (about, id) WHERE kind = 3;
CREATE INDEX record_note ON record (about) WHERE kind = 4;
-- Orders (kind 7): newest first, whatever state they are in; those that were given to this person; and those of a client. Only an order pays for these.
CREATE INDEX record_order ON record (at, id, state) WHERE kind = 7;
CREATE INDEX record_order_mine ON record (at, id, state) WHERE kind = 7 AND mine = 9223372036854775807;
CREATE INDEX record_order_client ON record (about, state) WHERE kind = 7;
-- Those that nobody has taken up: how many of them are new is counted whenever anything changes.
CREATE INDEX record_order_new ON record (looked) WHERE kind = 7 AND open = 1 AND state >= 'pending/' AND state < 'pending0';
-- Messages (kind 11) of an order, by their places.
CREATE INDEX record_message ON record (about, number) WHERE kind = 11;

-- Design versions (kind 14) of an order, by their numbers.
CREATE INDEX record_design ON record (about, number) WHERE kind = 14;

-- What is kept of design versions (kind 14) and of the files of messages (kind 11), so that it can be seen without a line: small pictures,
-- and files. It goes with the record, and what was used least goes first.
CREATE TABLE kept (
    id BLOB NOT NULL,
    -- thumb, full or file; of a message with the place of the file behind it: thumb-0.
    what TEXT NOT NULL,
    size INTEGER NOT NULL,
    used INTEGER NOT NULL,
    -- Whether it is of a record that only this desk has yet: what is laid over comes and goes, and takes nothing along.
    own INTEGER NOT NULL,
    PRIMARY KEY (id, what)
) STRICT, WITHOUT ROWID;
-- Its bytes, in small parts. They count once all of them are here, which the row above says.
CREATE TABLE kept_piece (
    id BLOB NOT NULL,
    what TEXT NOT NULL,
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (id, what, n)
) STRICT;
CREATE TRIGGER kept_gone AFTER DELETE ON record WHEN old.kind IN (11, 14) BEGIN
    DELETE FROM kept WHERE id = old.id AND own = 0;
    DELETE FROM kept_piece WHERE id = old.id AND NOT EXISTS (SELECT 1 FROM kept WHERE kept.id = old.id AND kept.what = kept_piece.what);
END;
-- What the server has no file of any more is not kept either. What only this desk says can still be taken back.
CREATE TRIGGER kept_purged AFTER UPDATE OF ours, body ON record
WHEN new.kind = 14 AND new.ours = 0 AND json_extract(new.body, '$.purged') IS NOT NULL BEGIN
    DELETE FROM kept WHERE id = new.id;
    DELETE FROM kept_piece WHERE id = new.id;
END;
-- What the server has of a record that was this desk's alone is not this desk's alone any more. Of new rows whoever writes them says so: a
-- trigger here would cost every row a tenth of its time.
CREATE TRIGGER kept_settled AFTER UPDATE OF ours ON record WHEN new.kind IN (11, 14) AND new.ours = 0 BEGIN
    UPDATE kept SET own = 0 WHERE id = new.id;
END;

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

-- Conversations (kind 10) in the order of their list. What stands there is in no record alone: how many messages there are says the
-- conversation, how many of them this person need not read their mark (kind 12), and whether its order (kind 7) was deleted the order.
-- New rows are brought by whoever writes them, many at once; what changes, and what goes, by the triggers.
CREATE TABLE talk (
    -- The conversation's, which is the order's.
    id BLOB PRIMARY KEY,
    -- The row of the conversation; null while only its mark is here.
    n INTEGER,
    messages INTEGER NOT NULL DEFAULT 0,
    due INTEGER,
    at INTEGER NOT NULL DEFAULT 0,
    waiting INTEGER NOT NULL DEFAULT 0,
    -- What the mark covers; null where there is none: then it is unread while its client waits.
    covered INTEGER,
    deleted INTEGER NOT NULL DEFAULT 0,
    -- 0: unread, with a promise of an answer; 1: unread; 2: read; 3: shown nowhere.
    place INTEGER NOT NULL DEFAULT 3,
    -- Within its place: the earliest promise first, or the newest message.
    rank INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- Where each stands. It is written down beside it: no index covers a column that is made from others.
CREATE VIEW talk_stands AS SELECT id, due, at, CASE
    WHEN n IS NULL OR deleted THEN 3
    WHEN NOT coalesce(messages > covered, waiting) THEN 2
    WHEN due IS NULL THEN 1
    ELSE 0 END AS place FROM talk;
CREATE TRIGGER talk_came AFTER INSERT ON talk BEGIN
    UPDATE talk SET (place, rank) = (SELECT place, iif(place = 0, due, -at) FROM talk_stands WHERE id = new.id) WHERE id = new.id;
END;
CREATE TRIGGER talk_changed AFTER UPDATE OF n, messages, due, at, waiting, covered, deleted ON talk BEGIN
    UPDATE talk SET (place, rank) = (SELECT place, iif(place = 0, due, -at) FROM talk_stands WHERE id = new.id) WHERE id = new.id;
END;
CREATE INDEX talk_list ON talk (place, rank, id, n);
CREATE INDEX talk_waiting ON talk (place, rank, id, n) WHERE waiting = 1;
-- Clients who wait about an order that was deleted: Antrean has nothing of them.
CREATE INDEX talk_gone ON talk (id) WHERE deleted = 1 AND waiting = 1;
CREATE TRIGGER talk_conversation AFTER UPDATE OF number ON record WHEN new.kind = 10 BEGIN
    UPDATE talk SET n = iif(new.number IS NULL, NULL, new.n), messages = coalesce(new.number, 0), due = new.due, at = coalesce(new.at, 0),
        waiting = new.open WHERE id = new.id;
END;
CREATE TRIGGER talk_no_conversation AFTER DELETE ON record WHEN old.kind = 10 BEGIN
    UPDATE talk SET n = NULL WHERE id = old.id;
END;
CREATE TRIGGER talk_mark AFTER UPDATE OF number ON record WHEN new.kind = 12 BEGIN
    UPDATE talk SET covered = new.number WHERE id = new.about;
END;
CREATE TRIGGER talk_no_mark AFTER DELETE ON record WHEN old.kind = 12 BEGIN
    UPDATE talk SET covered = NULL WHERE id = old.about;
END;
CREATE TRIGGER talk_order AFTER UPDATE OF state ON record WHEN new.kind = 7 AND old.state IS NOT new.state BEGIN
    UPDATE talk SET deleted = coalesce(new.state >= 'deleted/' AND new.state < 'deleted0', 0) WHERE id = new.id;
END;
CREATE TRIGGER talk_no_order AFTER DELETE ON record WHEN old.kind = 7 BEGIN
    UPDATE talk SET deleted = 0 WHERE id = old.id;
END;
-- How many stand in each place, those whose client waits by themselves.
CREATE TRIGGER talk_moved AFTER UPDATE OF place, waiting ON talk WHEN old.place <> new.place OR old.waiting <> new.waiting BEGIN
    UPDATE tally SET n = n - 1 WHERE old.place < 3 AND kind = 10 AND state = old.place || '/' || old.waiting;
    INSERT INTO tally SELECT 10, new.place || '/' || new.waiting, 1 WHERE new.place < 3 ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Clients (kind 2) in the orders of their list. When something last happened with one is in no record alone: the newest moment of their
-- requests (kind 3), orders (kind 7) and conversations (kind 10). New rows are brought by whoever writes them, many at once; what changes,
-- and what goes, by the triggers.
CREATE TABLE patron (
    id BLOB PRIMARY KEY,
    -- The row of the client; null while only something of theirs is here, and where another has everything of theirs.
    n INTEGER,
    -- What they are found by, their name first; behind all names where they were erased.
    name TEXT NOT NULL DEFAULT '',
    last INTEGER NOT NULL DEFAULT 0,
    phone TEXT,
    email TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX patron_name ON patron (name, id, n) WHERE n IS NOT NULL;
CREATE INDEX patron_last ON patron (last, id, n) WHERE n IS NOT NULL;
-- Who has the same number, or the same address, may be the same person.
CREATE INDEX patron_phone ON patron (phone) WHERE n IS NOT NULL AND phone IS NOT NULL;
CREATE INDEX patron_email ON patron (email) WHERE n IS NOT NULL AND email IS NOT NULL;
-- What a client's row says of them.
CREATE VIEW patron_says AS SELECT id, iif(state = 'merged', NULL, n) AS n, iif(state = 'erased', '~', '') || coalesce(search, '') AS name, at AS last,
    json_extract(body, '$.phone') AS phone, json_extract(body, '$.email') AS email FROM record WHERE kind = 2;
-- When something last happened, from all that is here.
CREATE VIEW patron_stands AS SELECT id, max(
    coalesce((SELECT at FROM record WHERE kind = 2 AND record.id = patron.id), 0),
    coalesce((SELECT max(at) FROM record WHERE kind = 3 AND about = patron.id), 0),
    coalesce((SELECT max(at) FROM record WHERE kind = 7 AND about = patron.id), 0),
    coalesce((SELECT max(said.at) FROM record AS it JOIN record AS said ON said.kind = 10 AND said.id = it.id
        WHERE it.kind = 7 AND it.about = patron.id), 0)) AS last FROM patron;
CREATE TRIGGER patron_changed AFTER UPDATE OF body ON record WHEN new.kind = 2 BEGIN
    UPDATE patron SET (n, name, phone, email) = (SELECT n, name, phone, email FROM patron_says WHERE id = new.id) WHERE id = new.id;
END;
CREATE TRIGGER patron_gone AFTER DELETE ON record WHEN old.kind = 2 BEGIN
    UPDATE patron SET n = NULL WHERE id = old.id;
END;
CREATE TRIGGER patron_moved AFTER UPDATE OF at, about ON record
WHEN new.kind IN (3, 7, 10) AND (old.at IS NOT new.at OR old.about IS NOT new.about) BEGIN
    -- Whoever writes the row says what happens when something is there already, but for a clause of this statement's own.
    INSERT INTO patron (id) SELECT new.about WHERE new.about IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE patron SET last = (SELECT last FROM patron_stands WHERE id = patron.id) WHERE id IN (old.about, new.about);
END;
CREATE TRIGGER patron_lost AFTER DELETE ON record WHEN old.kind IN (3, 7, 10) BEGIN
    UPDATE patron SET last = (SELECT last FROM patron_stands WHERE id = patron.id) WHERE id = old.about;
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
