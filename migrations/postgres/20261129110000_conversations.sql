-- The conversations about orders, what was said, how far each person has read, and texts for answering quickly.
CREATE TABLE conversation (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    order_number TEXT NOT NULL,
    client_id UUID NOT NULL REFERENCES client (id),
    client_name TEXT NOT NULL,
    client_zone TEXT NOT NULL,
    messages BIGINT NOT NULL,
    last_text TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    last_from TEXT NOT NULL,
    last_by TEXT NOT NULL,
    waiting_since BIGINT,
    due_at BIGINT,
    answered BIGINT NOT NULL,
    client_read BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE message (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    order_id UUID NOT NULL REFERENCES "order" (id),
    number BIGINT NOT NULL CHECK (number > 0),
    "from" TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- A place in a conversation is taken once; and a page of it is read in order.
CREATE UNIQUE INDEX message_place ON message (order_id, number);

CREATE TABLE read_mark (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    user_id UUID NOT NULL REFERENCES "user" (id),
    conversation_id UUID NOT NULL REFERENCES conversation (id),
    upto BIGINT NOT NULL,
    own BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE quick_reply (
    id UUID NOT NULL PRIMARY KEY,
    rev BIGINT NOT NULL CHECK (rev > 0),
    seq BIGINT NOT NULL CHECK (seq > 0),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    "by" TEXT NOT NULL,
    removed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
