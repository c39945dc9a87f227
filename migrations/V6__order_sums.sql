-- What lists and statistics are summed up from, so that they need not read every order: who looks after the customer, pieces and cost beside the
-- order, and the sums of all orders by day, status, person and owner. Kept by the triggers below, whoever writes the order; `check` proves them.

-- the person who looks after the customer, as customers.assigned_to
ALTER TABLE orders ADD COLUMN owner_id INTEGER REFERENCES users(id);
-- of all lines, as they were sold
ALTER TABLE orders ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0 CHECK (pieces >= 0);
-- of all lines at the cost of that moment, in fen
ALTER TABLE orders ADD COLUMN cost_fen INTEGER NOT NULL DEFAULT 0 CHECK (cost_fen >= 0);
UPDATE orders SET owner_id = (SELECT c.assigned_to FROM customers c WHERE c.id = orders.customer_id),
    pieces = (SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i WHERE i.order_id = orders.id),
    cost_fen = (SELECT COALESCE(SUM(i.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)), 0) FROM order_items i WHERE i.order_id = orders.id);

-- Sums in fen. owner_id 0 is nobody.
CREATE TABLE order_sums (
    order_day TEXT NOT NULL,
    status TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    total INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    PRIMARY KEY (order_day, status, created_by, owner_id)
) STRICT, WITHOUT ROWID;
INSERT INTO order_sums
SELECT order_day, status, created_by, COALESCE(owner_id, 0), COUNT(*), SUM(CAST(ROUND(total_amount * 100) AS INTEGER)),
    SUM(CAST(ROUND(returned_amount * 100) AS INTEGER)), SUM(CAST(ROUND(paid_amount * 100) AS INTEGER)), SUM(pieces), SUM(cost_fen)
FROM orders GROUP BY order_day, status, created_by, COALESCE(owner_id, 0);

CREATE TRIGGER orders_summed_insert AFTER INSERT ON orders BEGIN
    INSERT INTO order_sums (order_day, status, created_by, owner_id, orders, total, returned, paid, pieces, cost)
    VALUES (NEW.order_day, NEW.status, NEW.created_by, COALESCE(NEW.owner_id, 0), 1, CAST(ROUND(NEW.total_amount * 100) AS INTEGER),
        CAST(ROUND(NEW.returned_amount * 100) AS INTEGER), CAST(ROUND(NEW.paid_amount * 100) AS INTEGER), NEW.pieces, NEW.cost_fen)
    ON CONFLICT (order_day, status, created_by, owner_id) DO UPDATE SET orders = orders + 1, total = total + excluded.total,
        returned = returned + excluded.returned, paid = paid + excluded.paid, pieces = pieces + excluded.pieces, cost = cost + excluded.cost;
END;
CREATE TRIGGER orders_summed_update AFTER UPDATE OF order_day, status, created_by, owner_id, total_amount, returned_amount, paid_amount, pieces, cost_fen
ON orders BEGIN
    UPDATE order_sums SET orders = orders - 1, total = total - CAST(ROUND(OLD.total_amount * 100) AS INTEGER),
        returned = returned - CAST(ROUND(OLD.returned_amount * 100) AS INTEGER), paid = paid - CAST(ROUND(OLD.paid_amount * 100) AS INTEGER),
        pieces = pieces - OLD.pieces, cost = cost - OLD.cost_fen
    WHERE order_day = OLD.order_day AND status = OLD.status AND created_by = OLD.created_by AND owner_id = COALESCE(OLD.owner_id, 0);
    INSERT INTO order_sums (order_day, status, created_by, owner_id, orders, total, returned, paid, pieces, cost)
    VALUES (NEW.order_day, NEW.status, NEW.created_by, COALESCE(NEW.owner_id, 0), 1, CAST(ROUND(NEW.total_amount * 100) AS INTEGER),
        CAST(ROUND(NEW.returned_amount * 100) AS INTEGER), CAST(ROUND(NEW.paid_amount * 100) AS INTEGER), NEW.pieces, NEW.cost_fen)
    ON CONFLICT (order_day, status, created_by, owner_id) DO UPDATE SET orders = orders + 1, total = total + excluded.total,
        returned = returned + excluded.returned, paid = paid + excluded.paid, pieces = pieces + excluded.pieces, cost = cost + excluded.cost;
    DELETE FROM order_sums WHERE orders = 0
        AND order_day = OLD.order_day AND status = OLD.status AND created_by = OLD.created_by AND owner_id = COALESCE(OLD.owner_id, 0);
END;
CREATE TRIGGER orders_summed_delete AFTER DELETE ON orders BEGIN
    UPDATE order_sums SET orders = orders - 1, total = total - CAST(ROUND(OLD.total_amount * 100) AS INTEGER),
        returned = returned - CAST(ROUND(OLD.returned_amount * 100) AS INTEGER), paid = paid - CAST(ROUND(OLD.paid_amount * 100) AS INTEGER),
        pieces = pieces - OLD.pieces, cost = cost - OLD.cost_fen
    WHERE order_day = OLD.order_day AND status = OLD.status AND created_by = OLD.created_by AND owner_id = COALESCE(OLD.owner_id, 0);
    DELETE FROM order_sums WHERE orders = 0
        AND order_day = OLD.order_day AND status = OLD.status AND created_by = OLD.created_by AND owner_id = COALESCE(OLD.owner_id, 0);
END;
CREATE TRIGGER customers_orders_follow AFTER UPDATE OF assigned_to ON customers WHEN NEW.assigned_to IS NOT OLD.assigned_to BEGIN
    UPDATE orders SET owner_id = NEW.assigned_to WHERE customer_id = NEW.id;
END;

-- The orders of lists: a status by time, and what is due. The expressions are those of the statements.
CREATE INDEX idx_orders_status_date ON orders(status, order_date);
CREATE INDEX idx_orders_total ON orders(total_amount);
CREATE INDEX idx_orders_outstanding ON orders((CAST(ROUND(total_amount * 100) AS INTEGER) - CAST(ROUND(returned_amount * 100) AS INTEGER) - CAST(ROUND(paid_amount * 100) AS INTEGER)));
CREATE INDEX idx_orders_unpaid ON orders(customer_id, order_day, total_amount, returned_amount, paid_amount, status, created_by, owner_id) WHERE status <> 'cancelled'
    AND (CAST(ROUND(total_amount * 100) AS INTEGER) - CAST(ROUND(returned_amount * 100) AS INTEGER) - CAST(ROUND(paid_amount * 100) AS INTEGER)) > 0;
-- The customers of lists.
CREATE INDEX idx_customers_last_order ON customers(last_order_at);
CREATE INDEX idx_customers_last_followup ON customers(last_followup_at);
CREATE INDEX idx_customers_outstanding ON customers(outstanding);
CREATE INDEX idx_customers_rank ON customers((CASE customer_level WHEN 'vip' THEN 2 WHEN 'important' THEN 1 ELSE 0 END));
-- Orders of customers that a search finds, counted without reading the orders themselves.
CREATE INDEX idx_orders_customer_status ON orders(customer_id, status, order_date);
-- Customers with a term of their own: few, or none.
CREATE INDEX idx_customers_term ON customers(payment_term_days) WHERE payment_term_days IS NOT NULL;
-- What moved since a day, by product, for the turnover of the stock.
CREATE INDEX idx_stock_movements_since ON stock_movements(created_at, product_id, quantity);
