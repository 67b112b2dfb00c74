-- Design orders, and what counts their numbers. "order" is a word of SQL: whoever names the table quotes it.
CREATE TABLE "order" (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    number TEXT NOT NULL,
    client_id BLOB NOT NULL REFERENCES client (id) CHECK (length(client_id) = 16),
    client_user BLOB CHECK (length(client_user) = 16),
    client_name TEXT NOT NULL,
    client_zone TEXT NOT NULL,
    source TEXT NOT NULL,
    design_type TEXT NOT NULL,
    description TEXT NOT NULL,
    needs TEXT,
    deadline TEXT,
    budget INTEGER,
    status TEXT NOT NULL,
    product_status TEXT NOT NULL,
    staff_note TEXT,
    reason TEXT,
    versions INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    status_at INTEGER NOT NULL,
    status_by TEXT NOT NULL,
    assignee TEXT,
    deleted TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    history TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX order_number ON "order" (number);
CREATE INDEX order_client ON "order" (client_id);
-- A client's own list: what was deleted is not theirs to see.
CREATE INDEX order_mine ON "order" (client_user, created_at, id) WHERE client_user IS NOT NULL AND deleted IS NULL;

CREATE TABLE counter (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    name TEXT NOT NULL,
    last INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX counter_name ON counter (name);
