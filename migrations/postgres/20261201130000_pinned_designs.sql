-- What a client wants changed can be said of places in the picture.
ALTER TABLE design ADD COLUMN pins TEXT;
