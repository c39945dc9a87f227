-- Stocktakes as documents: what is to be counted, what was counted and on what it was based.

CREATE TABLE stocktakes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stocktake_no TEXT NOT NULL UNIQUE,
    -- what was chosen when it was begun; category only where that is 'category'
    scope TEXT NOT NULL CHECK (scope IN ('all', 'category', 'list')),
    category TEXT CHECK ((scope = 'category') = (category IS NOT NULL)),
    -- the counter does not see the system's figure
    blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'posted', 'discarded')),
    notes TEXT,
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    closed_by INTEGER REFERENCES users(id),
    closed_at TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((status = 'open') = (closed_at IS NULL))
) STRICT;
CREATE INDEX idx_stocktakes_status ON stocktakes(status);

CREATE TABLE stocktake_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stocktake_id INTEGER NOT NULL REFERENCES stocktakes(id),
    product_id INTEGER NOT NULL REFERENCES products(id),
    -- empty while it was not counted
    counted_quantity INTEGER CHECK (counted_quantity BETWEEN 0 AND 1000000000),
    -- the system's stock at the count, and the product's last movement then: a later one makes the count void
    base_quantity INTEGER CHECK (base_quantity >= 0),
    base_movement INTEGER,
    counted_by INTEGER REFERENCES users(id),
    counted_at TEXT,
    UNIQUE (stocktake_id, product_id),
    CHECK ((counted_quantity IS NULL) = (base_quantity IS NULL) AND (counted_quantity IS NULL) = (counted_at IS NULL))
) STRICT;
CREATE INDEX idx_stocktake_lines_product ON stocktake_lines(product_id);

-- A closed stocktake stays as it was.
CREATE TRIGGER stocktake_lines_fixed_insert BEFORE INSERT ON stocktake_lines
WHEN (SELECT status FROM stocktakes WHERE id = NEW.stocktake_id) <> 'open'
BEGIN SELECT RAISE(ABORT, 'this stocktake is closed'); END;
CREATE TRIGGER stocktake_lines_fixed_update BEFORE UPDATE ON stocktake_lines
WHEN (SELECT status FROM stocktakes WHERE id = OLD.stocktake_id) <> 'open'
BEGIN SELECT RAISE(ABORT, 'this stocktake is closed'); END;
CREATE TRIGGER stocktake_lines_fixed_delete BEFORE DELETE ON stocktake_lines
WHEN (SELECT status FROM stocktakes WHERE id = OLD.stocktake_id) <> 'open'
BEGIN SELECT RAISE(ABORT, 'this stocktake is closed'); END;
CREATE TRIGGER stocktakes_stay_closed BEFORE UPDATE ON stocktakes WHEN OLD.status <> 'open'
BEGIN SELECT RAISE(ABORT, 'this stocktake is closed'); END;
CREATE TRIGGER stocktakes_no_delete BEFORE DELETE ON stocktakes BEGIN SELECT RAISE(ABORT, 'stocktakes are kept'); END;
