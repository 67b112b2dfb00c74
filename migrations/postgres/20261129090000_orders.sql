-- Design orders, and what counts their numbers. "order" is a word of SQL: whoever names the table quotes it.
CREATE TABLE "order" (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    number TEXT NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    client_user UUID,
    client_name TEXT NOT NULL,
    client_zone TEXT NOT NULL,
    source TEXT NOT NULL,
    design_type TEXT NOT NULL,
    description TEXT NOT NULL,
    needs TEXT,
    deadline TEXT,
    budget BIGINT,
    status TEXT NOT NULL,
    product_status TEXT NOT NULL,
    staff_note TEXT,
    reason TEXT,
    versions BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    status_at BIGINT NOT NULL,
    status_by TEXT NOT NULL,
    assignee TEXT,
    deleted TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    history TEXT NOT NULL
);

CREATE UNIQUE INDEX order_number ON "order" (number);
CREATE INDEX order_client ON "order" (client_id);
-- A client's own list: what was deleted is not theirs to see.
CREATE INDEX order_mine ON "order" (client_user, created_at, id) WHERE client_user IS NOT NULL AND deleted IS NULL;

CREATE TABLE counter (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    name TEXT NOT NULL,
    last BIGINT NOT NULL
);

CREATE UNIQUE INDEX counter_name ON counter (name);
