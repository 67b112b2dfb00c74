-- Clients who were found to be one: who was merged names who stays, and who stays says who was merged.
ALTER TABLE client ADD COLUMN merged_into UUID;
ALTER TABLE client ADD COLUMN formers TEXT;
