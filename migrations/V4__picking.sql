-- What was picked of an order's lines in the warehouse, until it ships: a scan that was confirmed is not lost.

CREATE TABLE order_picks (
    order_item_id INTEGER PRIMARY KEY REFERENCES order_items(id) ON DELETE CASCADE,
    picked INTEGER NOT NULL CHECK (picked BETWEEN 1 AND 1000000),
    picked_by INTEGER NOT NULL REFERENCES users(id),
    picked_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
-- Never more than was ordered.
CREATE TRIGGER order_picks_insert BEFORE INSERT ON order_picks
WHEN NEW.picked > (SELECT quantity FROM order_items WHERE id = NEW.order_item_id)
BEGIN SELECT RAISE(ABORT, 'more picked than ordered'); END;
CREATE TRIGGER order_picks_update BEFORE UPDATE ON order_picks
WHEN NEW.picked > (SELECT quantity FROM order_items WHERE id = NEW.order_item_id)
BEGIN SELECT RAISE(ABORT, 'more picked than ordered'); END;
