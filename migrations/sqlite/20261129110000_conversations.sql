-- The conversations about orders, what was said, how far each person has read, and texts for answering quickly.
CREATE TABLE conversation (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    order_number TEXT NOT NULL,
    client_id BLOB NOT NULL REFERENCES client (id) CHECK (length(client_id) = 16),
    client_name TEXT NOT NULL,
    client_zone TEXT NOT NULL,
    messages INTEGER NOT NULL,
    last_text TEXT NOT NULL,
    last_at INTEGER NOT NULL,
    last_from TEXT NOT NULL,
    last_by TEXT NOT NULL,
    waiting_since INTEGER,
    due_at INTEGER,
    answered INTEGER NOT NULL,
    client_read INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE message (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    order_id BLOB NOT NULL REFERENCES "order" (id) CHECK (length(order_id) = 16),
    number INTEGER NOT NULL CHECK (number > 0),
    "from" TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A place in a conversation is taken once; and a page of it is read in order.
CREATE UNIQUE INDEX message_place ON message (order_id, number);

CREATE TABLE read_mark (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    user_id BLOB NOT NULL REFERENCES "user" (id) CHECK (length(user_id) = 16),
    conversation_id BLOB NOT NULL REFERENCES conversation (id) CHECK (length(conversation_id) = 16),
    upto INTEGER NOT NULL,
    own INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE quick_reply (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    rev INTEGER NOT NULL CHECK (rev > 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    "by" TEXT NOT NULL,
    removed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
