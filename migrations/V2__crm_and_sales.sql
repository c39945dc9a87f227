-- Planned follow-ups with their end, quotes with their dates, returns as documents, and what each person keeps for himself.

-- When the plan was done, or replaced by a newer one; open while empty.
ALTER TABLE customer_followups ADD COLUMN next_done_at TEXT;
ALTER TABLE customer_followups ADD COLUMN updated_at TEXT;
-- A customer has at most one open plan: the newest.
UPDATE customer_followups SET next_done_at = followup_time WHERE next_followup_time IS NOT NULL
    AND id <> (SELECT MAX(f.id) FROM customer_followups f WHERE f.customer_id = customer_followups.customer_id AND f.next_followup_time IS NOT NULL);
CREATE UNIQUE INDEX idx_followups_open ON customer_followups(customer_id) WHERE next_followup_time IS NOT NULL AND next_done_at IS NULL;
CREATE INDEX idx_followups_next ON customer_followups(next_followup_time) WHERE next_followup_time IS NOT NULL AND next_done_at IS NULL;

ALTER TABLE quotes ADD COLUMN sent_at TEXT;
-- accepted or rejected
ALTER TABLE quotes ADD COLUMN decided_at TEXT;
CREATE VIRTUAL TABLE quote_search USING fts5(grams, syllables, content='', contentless_delete=1, prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co'");

-- Lines of a quote are fixed once it left the draft.
CREATE TRIGGER quote_items_fixed_insert BEFORE INSERT ON quote_items
WHEN (SELECT status FROM quotes WHERE id = NEW.quote_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'lines of this quote are fixed'); END;
CREATE TRIGGER quote_items_fixed_update BEFORE UPDATE ON quote_items
WHEN (SELECT status FROM quotes WHERE id = OLD.quote_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'lines of this quote are fixed'); END;
CREATE TRIGGER quote_items_fixed_delete BEFORE DELETE ON quote_items
WHEN (SELECT status FROM quotes WHERE id = OLD.quote_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'lines of this quote are fixed'); END;

-- What came back of an order, by line; orders.returned_amount and order_items.returned_quantity are its sums.
CREATE TABLE order_returns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    return_no TEXT NOT NULL UNIQUE,
    order_id INTEGER NOT NULL REFERENCES orders(id),
    -- Σ quantity × unit price
    amount REAL NOT NULL CHECK (amount = ROUND(amount * 100) / 100.0 AND amount BETWEEN 0 AND 9999999999.99),
    -- what was paid back by it
    refunded REAL NOT NULL CHECK (refunded = ROUND(refunded * 100) / 100.0 AND refunded >= 0 AND refunded <= amount),
    return_day TEXT NOT NULL CHECK (length(return_day) = 10),
    notes TEXT,
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX idx_order_returns_order ON order_returns(order_id);
CREATE INDEX idx_order_returns_day ON order_returns(return_day);

CREATE TABLE order_return_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    return_id INTEGER NOT NULL REFERENCES order_returns(id),
    order_item_id INTEGER NOT NULL REFERENCES order_items(id),
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000)
) STRICT;
CREATE INDEX idx_order_return_items_return ON order_return_items(return_id);
CREATE INDEX idx_order_return_items_item ON order_return_items(order_item_id);

CREATE TRIGGER order_returns_no_update BEFORE UPDATE ON order_returns BEGIN SELECT RAISE(ABORT, 'order_returns is append-only'); END;
CREATE TRIGGER order_returns_no_delete BEFORE DELETE ON order_returns BEGIN SELECT RAISE(ABORT, 'order_returns is append-only'); END;
CREATE TRIGGER order_return_items_no_update BEFORE UPDATE ON order_return_items BEGIN SELECT RAISE(ABORT, 'order_return_items is append-only'); END;
CREATE TRIGGER order_return_items_no_delete BEFORE DELETE ON order_return_items BEGIN SELECT RAISE(ABORT, 'order_return_items is append-only'); END;

-- Returns and stocktakes are numbered too; SQLite cannot alter a CHECK.
CREATE TABLE counters_new (
    kind TEXT NOT NULL CHECK (kind IN ('quote', 'order', 'payment', 'return', 'stocktake')),
    day TEXT NOT NULL CHECK (length(day) = 10),
    last INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (kind, day)
) STRICT;
INSERT INTO counters_new (kind, day, last) SELECT kind, day, last FROM counters;
DROP TABLE counters;
ALTER TABLE counters_new RENAME TO counters;

-- What a person keeps for himself: sorting and filters of lists, appearance. Not business data, not logged.
CREATE TABLE user_preferences (
    user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 50),
    value TEXT NOT NULL CHECK (length(value) <= 4000),
    PRIMARY KEY (user_id, key)
) STRICT;
