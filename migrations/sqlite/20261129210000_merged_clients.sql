-- Clients who were found to be one: who was merged names who stays, and who stays says who was merged.
ALTER TABLE client ADD COLUMN merged_into BLOB CHECK (length(merged_into) = 16);
ALTER TABLE client ADD COLUMN formers TEXT;
