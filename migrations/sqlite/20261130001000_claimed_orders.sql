-- Who works on an order at this moment, and until when nobody wants to see it: as with a request.
ALTER TABLE "order" ADD COLUMN claim TEXT;
ALTER TABLE "order" ADD COLUMN snooze TEXT;
