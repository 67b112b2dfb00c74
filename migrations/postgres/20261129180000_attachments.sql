-- The files that messages carry. What was written before carries none.
ALTER TABLE message ADD COLUMN attachments TEXT;
ALTER TABLE conversation ADD COLUMN last_files BIGINT;

-- Which messages carry a file: whoever asks for one is asked what holds it. No index reaches into a list, so the database keeps this one
-- itself. Nobody changes what a message carries, and no message ever goes. The text is not read as JSON, which here takes less than JSON
-- allows; inside a name the quotes would have a backslash before them.
CREATE TABLE message_file (
    sha256 TEXT NOT NULL,
    message_id UUID NOT NULL REFERENCES message (id),
    PRIMARY KEY (sha256, message_id)
);

CREATE FUNCTION keep_message_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_file (sha256, message_id)
    SELECT it.found[1], NEW.id FROM regexp_matches(NEW.attachments, '"sha256":"([0-9a-f]{64})"', 'g') AS it (found)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER message_files AFTER INSERT ON message FOR EACH ROW WHEN (NEW.attachments IS NOT NULL) EXECUTE FUNCTION keep_message_files();
