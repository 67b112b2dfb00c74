-- The second factor of somebody of the staff. The secret is sealed with a key that does not lie here.
CREATE TABLE second_factor (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES "user" (id),
    sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    -- The time step of the last code that was taken: none counts twice.
    last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    user_id UUID NOT NULL REFERENCES "user" (id),
    hash BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    used_at BIGINT,
    PRIMARY KEY (user_id, hash)
);
