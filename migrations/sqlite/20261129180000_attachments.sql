-- The files that messages carry. What was written before carries none.
ALTER TABLE message ADD COLUMN attachments TEXT;
ALTER TABLE conversation ADD COLUMN last_files INTEGER;

-- Which messages carry a file: whoever asks for one is asked what holds it. No index reaches into a list, so the database keeps this one
-- itself. Nobody changes what a message carries, and no message ever goes.
CREATE TABLE message_file (
    sha256 TEXT NOT NULL,
    message_id BLOB NOT NULL REFERENCES message (id),
    PRIMARY KEY (sha256, message_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER message_files AFTER INSERT ON message WHEN NEW.attachments IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO message_file (sha256, message_id)
    SELECT json_extract(it.value, '$.sha256'), NEW.id FROM json_each(NEW.attachments) AS it;
END;
