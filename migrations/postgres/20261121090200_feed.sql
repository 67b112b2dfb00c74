-- For each principal every record once, at its newest number (docs/sync.md: «Newest only»). Principals stand in the feed as
-- small integers, kinds as their codes.
CREATE TABLE principal (
    id INTEGER NOT NULL PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE feed (
    principal INTEGER NOT NULL,
    kind SMALLINT NOT NULL,
    id UUID NOT NULL,
    seq BIGINT NOT NULL,
    rev BIGINT NOT NULL,
    open BOOLEAN NOT NULL,
    gone BOOLEAN NOT NULL,
    PRIMARY KEY (kind, id, principal)
);

-- Pages walk along it.
CREATE INDEX feed_page ON feed (principal, seq);
-- Live streams are made from it, for all principals at once.
CREATE INDEX feed_live ON feed (seq);
CREATE INDEX feed_open ON feed (principal, seq) WHERE open AND NOT gone;
