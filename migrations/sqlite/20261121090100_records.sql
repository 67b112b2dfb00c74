-- One table a kind: id, revision, number, and the fields of the struct in crates/domain/src/records (a test compares them).
CREATE TABLE "user" (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX user_email ON "user" (email);

CREATE TABLE client (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    user_id BLOB REFERENCES "user" (id) CHECK (length(user_id) = 16),
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    zone TEXT NOT NULL,
    consent TEXT,
    erased_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX client_user ON client (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE consultation (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    number TEXT NOT NULL,
    client_id BLOB NOT NULL REFERENCES client (id) CHECK (length(client_id) = 16),
    client_user BLOB CHECK (length(client_user) = 16),
    client_name TEXT NOT NULL,
    client_zone TEXT NOT NULL,
    source TEXT NOT NULL,
    requested_date TEXT NOT NULL,
    topic TEXT,
    note TEXT,
    status TEXT NOT NULL,
    message TEXT,
    reason TEXT,
    due_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by TEXT,
    claim TEXT,
    snooze TEXT,
    assignee TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    history TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX consultation_number ON consultation (number);
-- The second lock behind the rule «a client has at most one waiting request».
CREATE UNIQUE INDEX consultation_waiting ON consultation (client_id) WHERE status = 'waiting';
CREATE INDEX consultation_client ON consultation (client_id, status);
CREATE INDEX consultation_mine ON consultation (client_user, created_at, id) WHERE client_user IS NOT NULL;

CREATE TABLE note (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    record TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    private INTEGER NOT NULL CHECK (private IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX note_record ON note (record);

CREATE TABLE notification (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    user_id BLOB NOT NULL REFERENCES "user" (id) CHECK (length(user_id) = 16),
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    "by" TEXT,
    detail TEXT,
    created_at INTEGER NOT NULL,
    read_at INTEGER
) STRICT;

CREATE INDEX notification_mine ON notification (user_id, created_at, id);
CREATE INDEX notification_unread ON notification (user_id) WHERE read_at IS NULL;

CREATE TABLE setting (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    effective_from INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
