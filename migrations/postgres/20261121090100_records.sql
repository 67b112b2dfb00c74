-- One table a kind: id, revision, number, and the fields of the struct in crates/domain/src/records (a test compares them).
CREATE TABLE "user" (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX user_email ON "user" (email);

CREATE TABLE client (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    user_id UUID REFERENCES "user" (id),
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    zone TEXT NOT NULL,
    consent TEXT,
    erased_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX client_user ON client (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE consultation (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    number TEXT NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    client_user UUID,
    client_name TEXT NOT NULL,
    client_zone TEXT NOT NULL,
    source TEXT NOT NULL,
    requested_date TEXT NOT NULL,
    topic TEXT,
    note TEXT,
    status TEXT NOT NULL,
    message TEXT,
    reason TEXT,
    due_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT,
    claim TEXT,
    snooze TEXT,
    assignee TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    history TEXT NOT NULL
);

CREATE UNIQUE INDEX consultation_number ON consultation (number);
-- The second lock behind the rule «a client has at most one waiting request».
CREATE UNIQUE INDEX consultation_waiting ON consultation (client_id) WHERE status = 'waiting';
CREATE INDEX consultation_client ON consultation (client_id, status);
CREATE INDEX consultation_mine ON consultation (client_user, created_at, id) WHERE client_user IS NOT NULL;

CREATE TABLE note (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    record TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    private BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX note_record ON note (record);

CREATE TABLE notification (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    user_id UUID NOT NULL REFERENCES "user" (id),
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    "by" TEXT,
    detail TEXT,
    created_at BIGINT NOT NULL,
    read_at BIGINT
);

CREATE INDEX notification_mine ON notification (user_id, created_at, id);
CREATE INDEX notification_unread ON notification (user_id) WHERE read_at IS NULL;

CREATE TABLE setting (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    effective_from BIGINT NOT NULL,
    set_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
