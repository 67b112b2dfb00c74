-- The second factor of somebody of the staff. The secret is sealed with a key that does not lie here.
CREATE TABLE second_factor (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES "user" (id),
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    -- The time step of the last code that was taken: none counts twice.
    last_step INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_code (
    user_id BLOB NOT NULL REFERENCES "user" (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    used_at INTEGER,
    PRIMARY KEY (user_id, hash)
) STRICT;
