-- Orders whose files a person keeps on this computer. It stands here and not in the mirror: the mirror is built again from the feed, and its
-- files are fetched again, but what a person decided comes from nowhere else.
CREATE TABLE keeping (
    order_id BLOB NOT NULL PRIMARY KEY CHECK (length(order_id) = 16),
    at INTEGER NOT NULL
) STRICT;
