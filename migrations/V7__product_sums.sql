-- What pages are read from, however much there is: products by month, payments by hour, customers' names beside their orders.
-- Kept by the triggers below, whoever writes; `check` proves them.

-- as customers.name
ALTER TABLE orders ADD COLUMN customer_name TEXT NOT NULL DEFAULT '';
UPDATE orders SET customer_name = (SELECT c.name FROM customers c WHERE c.id = orders.customer_id);
CREATE INDEX idx_orders_customer_name ON orders(customer_name);
CREATE TRIGGER orders_named_insert AFTER INSERT ON orders WHEN NEW.customer_name IS NOT (SELECT name FROM customers WHERE id = NEW.customer_id) BEGIN
    UPDATE orders SET customer_name = (SELECT name FROM customers WHERE id = NEW.customer_id) WHERE id = NEW.id;
END;
CREATE TRIGGER customers_orders_renamed AFTER UPDATE OF name ON customers WHEN NEW.name IS NOT OLD.name BEGIN
    UPDATE orders SET customer_name = NEW.name WHERE customer_id = NEW.id;
END;

-- A return knows its lines together: pieces, and their cost at the order's time, in fen. Nothing else of it ever changes.
ALTER TABLE order_returns ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0 CHECK (pieces >= 0);
ALTER TABLE order_returns ADD COLUMN cost_fen INTEGER NOT NULL DEFAULT 0 CHECK (cost_fen >= 0);
DROP TRIGGER order_returns_no_update;
UPDATE order_returns SET
    pieces = (SELECT COALESCE(SUM(t.quantity), 0) FROM order_return_items t WHERE t.return_id = order_returns.id),
    cost_fen = (SELECT COALESCE(SUM(t.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)), 0)
        FROM order_return_items t JOIN order_items i ON i.id = t.order_item_id WHERE t.return_id = order_returns.id);
CREATE TRIGGER order_returns_no_update BEFORE UPDATE OF id, return_no, order_id, amount, refunded, return_day, notes, created_by, created_at
ON order_returns BEGIN SELECT RAISE(ABORT, 'order_returns is append-only'); END;

-- Lines of orders that are not cancelled by the order's month, less what came back of such orders by the return's; sums in fen.
CREATE TABLE product_sums (
    month TEXT NOT NULL,
    product_id INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    -- net of returns, as cost
    pieces INTEGER NOT NULL,
    sold INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    -- what the month's lines amount to by now, whenever pieces of them came back
    kept INTEGER NOT NULL,
    PRIMARY KEY (month, product_id)
) STRICT, WITHOUT ROWID;
INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
SELECT month, product_id, SUM(orders), SUM(pieces), SUM(sold), SUM(returned), SUM(cost), SUM(kept) FROM (
    SELECT substr(o.order_day, 1, 7) AS month, i.product_id, COUNT(DISTINCT o.id) AS orders, SUM(i.quantity) AS pieces,
        SUM(CAST(ROUND(i.subtotal * 100) AS INTEGER)) AS sold, 0 AS returned, SUM(i.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)) AS cost,
        SUM((i.quantity - i.returned_quantity) * CAST(ROUND(i.unit_price * 100) AS INTEGER)) AS kept
    FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.status <> 'cancelled' GROUP BY month, i.product_id
    UNION ALL
    SELECT substr(r.return_day, 1, 7) AS month, i.product_id, 0, -SUM(t.quantity), 0, SUM(t.quantity * CAST(ROUND(i.unit_price * 100) AS INTEGER)),
        -SUM(t.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)), 0
    FROM order_returns r JOIN orders o ON o.id = r.order_id JOIN order_return_items t ON t.return_id = r.id JOIN order_items i ON i.id = t.order_item_id
    WHERE o.status <> 'cancelled' GROUP BY month, i.product_id
) GROUP BY month, product_id;
-- the best of a month
CREATE INDEX idx_product_sums_net ON product_sums(month, (returned - sold), product_id);

CREATE TRIGGER order_items_summed_insert AFTER INSERT ON order_items BEGIN
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(o.order_day, 1, 7), NEW.product_id,
        (NOT EXISTS (SELECT 1 FROM order_items j WHERE j.order_id = NEW.order_id AND +j.product_id = NEW.product_id AND j.id <> NEW.id)),
        NEW.quantity, CAST(ROUND(NEW.subtotal * 100) AS INTEGER), 0, NEW.quantity * CAST(ROUND(NEW.cost_price * 100) AS INTEGER),
        (NEW.quantity - NEW.returned_quantity) * CAST(ROUND(NEW.unit_price * 100) AS INTEGER)
    FROM orders o WHERE o.id = NEW.order_id AND o.status <> 'cancelled'
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
END;
CREATE TRIGGER order_items_summed_delete AFTER DELETE ON order_items BEGIN
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(o.order_day, 1, 7), OLD.product_id,
        -(NOT EXISTS (SELECT 1 FROM order_items j WHERE j.order_id = OLD.order_id AND +j.product_id = OLD.product_id AND j.id <> OLD.id)),
        -OLD.quantity, -CAST(ROUND(OLD.subtotal * 100) AS INTEGER), 0, -OLD.quantity * CAST(ROUND(OLD.cost_price * 100) AS INTEGER),
        -(OLD.quantity - OLD.returned_quantity) * CAST(ROUND(OLD.unit_price * 100) AS INTEGER)
    FROM orders o WHERE o.id = OLD.order_id AND o.status <> 'cancelled'
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
    DELETE FROM product_sums WHERE orders = 0 AND pieces = 0 AND sold = 0 AND returned = 0 AND cost = 0 AND kept = 0
        AND product_id = OLD.product_id AND month = (SELECT substr(order_day, 1, 7) FROM orders WHERE id = OLD.order_id);
END;
CREATE TRIGGER order_items_summed_returned AFTER UPDATE OF returned_quantity ON order_items BEGIN
    UPDATE product_sums SET kept = kept + (OLD.returned_quantity - NEW.returned_quantity) * CAST(ROUND(NEW.unit_price * 100) AS INTEGER)
    WHERE product_id = NEW.product_id AND month = (SELECT substr(order_day, 1, 7) FROM orders WHERE id = NEW.order_id AND status <> 'cancelled');
END;
CREATE TRIGGER order_return_items_summed AFTER INSERT ON order_return_items BEGIN
    UPDATE order_returns SET pieces = pieces + NEW.quantity,
        cost_fen = cost_fen + NEW.quantity * (SELECT CAST(ROUND(cost_price * 100) AS INTEGER) FROM order_items WHERE id = NEW.order_item_id)
    WHERE id = NEW.return_id;
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(r.return_day, 1, 7), i.product_id, 0, -NEW.quantity, 0, NEW.quantity * CAST(ROUND(i.unit_price * 100) AS INTEGER),
        -NEW.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER), 0
    FROM order_returns r JOIN orders o ON o.id = r.order_id JOIN order_items i ON i.id = NEW.order_item_id
    WHERE r.id = NEW.return_id AND o.status <> 'cancelled'
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
END;
CREATE TRIGGER orders_products_summed AFTER UPDATE OF status, order_day ON orders
WHEN (OLD.status = 'cancelled') <> (NEW.status = 'cancelled') OR substr(OLD.order_day, 1, 7) <> substr(NEW.order_day, 1, 7) BEGIN
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(OLD.order_day, 1, 7), product_id, -1, -SUM(quantity), -SUM(CAST(ROUND(subtotal * 100) AS INTEGER)), 0, -SUM(quantity * CAST(ROUND(cost_price * 100) AS INTEGER)),
        -SUM((quantity - returned_quantity) * CAST(ROUND(unit_price * 100) AS INTEGER))
    FROM order_items WHERE order_id = OLD.id AND OLD.status <> 'cancelled' GROUP BY product_id
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(r.return_day, 1, 7) AS month, i.product_id, 0, SUM(t.quantity), 0, -SUM(t.quantity * CAST(ROUND(i.unit_price * 100) AS INTEGER)),
        SUM(t.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)), 0
    FROM order_returns r JOIN order_return_items t ON t.return_id = r.id JOIN order_items i ON i.id = t.order_item_id
    WHERE r.order_id = OLD.id AND OLD.status <> 'cancelled' GROUP BY month, i.product_id
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(NEW.order_day, 1, 7), product_id, 1, SUM(quantity), SUM(CAST(ROUND(subtotal * 100) AS INTEGER)), 0, SUM(quantity * CAST(ROUND(cost_price * 100) AS INTEGER)),
        SUM((quantity - returned_quantity) * CAST(ROUND(unit_price * 100) AS INTEGER))
    FROM order_items WHERE order_id = NEW.id AND NEW.status <> 'cancelled' GROUP BY product_id
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(r.return_day, 1, 7) AS month, i.product_id, 0, -SUM(t.quantity), 0, SUM(t.quantity * CAST(ROUND(i.unit_price * 100) AS INTEGER)),
        -SUM(t.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)), 0
    FROM order_returns r JOIN order_return_items t ON t.return_id = r.id JOIN order_items i ON i.id = t.order_item_id
    WHERE r.order_id = NEW.id AND NEW.status <> 'cancelled' GROUP BY month, i.product_id
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
    DELETE FROM product_sums WHERE orders = 0 AND pieces = 0 AND sold = 0 AND returned = 0 AND cost = 0 AND kept = 0
        AND month IN (SELECT substr(OLD.order_day, 1, 7) UNION SELECT substr(return_day, 1, 7) FROM order_returns WHERE order_id = OLD.id)
        AND product_id IN (SELECT product_id FROM order_items WHERE order_id = OLD.id);
END;
CREATE TRIGGER orders_products_summed_delete BEFORE DELETE ON orders BEGIN
    INSERT INTO product_sums (month, product_id, orders, pieces, sold, returned, cost, kept)
    SELECT substr(OLD.order_day, 1, 7), product_id, -1, -SUM(quantity), -SUM(CAST(ROUND(subtotal * 100) AS INTEGER)), 0, -SUM(quantity * CAST(ROUND(cost_price * 100) AS INTEGER)),
        -SUM((quantity - returned_quantity) * CAST(ROUND(unit_price * 100) AS INTEGER))
    FROM order_items WHERE order_id = OLD.id AND OLD.status <> 'cancelled' GROUP BY product_id
    ON CONFLICT (month, product_id) DO UPDATE SET orders = orders + excluded.orders, pieces = pieces + excluded.pieces, sold = sold + excluded.sold,
        returned = returned + excluded.returned, cost = cost + excluded.cost, kept = kept + excluded.kept;
    DELETE FROM product_sums WHERE orders = 0 AND pieces = 0 AND sold = 0 AND returned = 0 AND cost = 0 AND kept = 0
        AND month = substr(OLD.order_day, 1, 7) AND product_id IN (SELECT product_id FROM order_items WHERE order_id = OLD.id);
END;

-- Payments by the hour (UTC); sums in fen, what was paid back without its sign. Payments are never changed.
CREATE TABLE payment_sums (
    -- as payments.payment_date begins
    hour TEXT PRIMARY KEY,
    receipts INTEGER NOT NULL,
    received INTEGER NOT NULL,
    refunds INTEGER NOT NULL,
    refunded INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO payment_sums (hour, receipts, received, refunds, refunded)
SELECT substr(payment_date, 1, 13) AS hour, SUM(amount > 0), SUM(MAX(CAST(ROUND(amount * 100) AS INTEGER), 0)), SUM(amount < 0), SUM(MAX(-CAST(ROUND(amount * 100) AS INTEGER), 0))
FROM payments GROUP BY hour;
CREATE TRIGGER payments_summed AFTER INSERT ON payments BEGIN
    INSERT INTO payment_sums (hour, receipts, received, refunds, refunded)
    VALUES (substr(NEW.payment_date, 1, 13), NEW.amount > 0, MAX(CAST(ROUND(NEW.amount * 100) AS INTEGER), 0), NEW.amount < 0, MAX(-CAST(ROUND(NEW.amount * 100) AS INTEGER), 0))
    ON CONFLICT (hour) DO UPDATE SET receipts = receipts + excluded.receipts, received = received + excluded.received,
        refunds = refunds + excluded.refunds, refunded = refunded + excluded.refunded;
END;

-- Customers and products of lists: every order they can be put in, and the low products.
CREATE INDEX idx_customers_created ON customers(created_at);
CREATE INDEX idx_products_stock ON products(stock_quantity);
CREATE INDEX idx_products_fill ON products((stock_quantity * 1000 / MAX(stock_warning_threshold, 1)));
CREATE INDEX idx_products_threshold ON products(stock_warning_threshold);
CREATE INDEX idx_products_price ON products(price);
CREATE INDEX idx_products_low ON products(stock_quantity) WHERE status = 'active' AND stock_quantity <= stock_warning_threshold;
