-- Slow or outside work, written in the same transaction as its cause.
CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    last_error TEXT,
    lease_until INTEGER,
    done_at INTEGER,
    dead_at INTEGER
) STRICT;

CREATE INDEX job_due ON job (run_at, id) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX job_dead ON job (dead_at) WHERE dead_at IS NOT NULL;
