-- Slow or outside work, written in the same transaction as its cause.
CREATE TABLE job (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    last_error TEXT,
    lease_until BIGINT,
    done_at BIGINT,
    dead_at BIGINT
);

CREATE INDEX job_due ON job (run_at, id) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX job_dead ON job (dead_at) WHERE dead_at IS NOT NULL;
