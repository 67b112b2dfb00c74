-- The file of a version can be taken away long after its order: who did it, when and why.
ALTER TABLE design ADD COLUMN purged TEXT;
