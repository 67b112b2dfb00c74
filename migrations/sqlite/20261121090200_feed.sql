-- For each principal every record once, at its newest number (docs/sync.md: «Newest only»). Principals stand in the feed as
-- small integers, kinds as their codes.
CREATE TABLE principal (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE feed (
    principal INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    seq INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
    PRIMARY KEY (kind, id, principal)
) STRICT, WITHOUT ROWID;

-- Pages walk along it and need nothing else: the key of the row is in it.
CREATE INDEX feed_page ON feed (principal, seq, gone, rev);
-- Live streams are made from it, for all principals at once.
CREATE INDEX feed_live ON feed (seq);
CREATE INDEX feed_open ON feed (principal, seq) WHERE open AND NOT gone;
