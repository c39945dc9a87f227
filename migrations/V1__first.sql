-- The whole schema of the first version: the spec's thirteen tables with their indexes, and what the rulings add.
-- Money columns are REAL (fen/100); their CHECKs keep them whole in fen. Times are UTC, `…_day` columns local days.

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(username) BETWEEN 1 AND 50),
    password_hash TEXT NOT NULL,
    full_name TEXT NOT NULL CHECK (length(full_name) BETWEEN 1 AND 50),
    email TEXT,
    phone TEXT,
    role TEXT NOT NULL DEFAULT 'employee' CHECK (role IN ('admin', 'manager', 'sales', 'warehouse', 'employee')),
    avatar_path TEXT,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_login_at TEXT,
    must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
    password_failures INTEGER NOT NULL DEFAULT 0 CHECK (password_failures >= 0),
    password_locked_until TEXT,
    pin_hash TEXT,
    pin_failures INTEGER NOT NULL DEFAULT 0 CHECK (pin_failures >= 0),
    pin_locked_until TEXT,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX idx_users_username ON users(username);
CREATE INDEX idx_users_role ON users(role);

CREATE TABLE permissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL CHECK (role IN ('admin', 'manager', 'sales', 'warehouse', 'employee')),
    module TEXT NOT NULL CHECK (module IN ('customer', 'sales', 'inventory', 'analytics', 'system', 'cost')),
    can_view INTEGER NOT NULL DEFAULT 0 CHECK (can_view IN (0, 1)),
    can_create INTEGER NOT NULL DEFAULT 0 CHECK (can_create IN (0, 1)),
    can_update INTEGER NOT NULL DEFAULT 0 CHECK (can_update IN (0, 1)),
    can_delete INTEGER NOT NULL DEFAULT 0 CHECK (can_delete IN (0, 1)),
    scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'own'))
) STRICT;
CREATE UNIQUE INDEX idx_permissions_role_module ON permissions(role, module);

INSERT INTO permissions (role, module, can_view, can_create, can_update, can_delete, scope) VALUES
    ('admin', 'customer', 1, 1, 1, 1, 'all'),
    ('admin', 'sales', 1, 1, 1, 1, 'all'),
    ('admin', 'inventory', 1, 1, 1, 1, 'all'),
    ('admin', 'analytics', 1, 0, 0, 0, 'all'),
    ('admin', 'system', 1, 1, 1, 1, 'all'),
    ('admin', 'cost', 1, 0, 0, 0, 'all'),
    ('manager', 'customer', 1, 1, 1, 1, 'all'),
    ('manager', 'sales', 1, 1, 1, 1, 'all'),
    ('manager', 'inventory', 1, 1, 1, 1, 'all'),
    ('manager', 'analytics', 1, 0, 0, 0, 'all'),
    ('manager', 'system', 1, 0, 0, 0, 'all'),
    ('manager', 'cost', 1, 0, 0, 0, 'all'),
    ('sales', 'customer', 1, 1, 1, 0, 'own'),
    ('sales', 'sales', 1, 1, 1, 0, 'own'),
    ('sales', 'inventory', 1, 0, 0, 0, 'all'),
    ('sales', 'analytics', 1, 0, 0, 0, 'own'),
    ('sales', 'system', 0, 0, 0, 0, 'all'),
    ('sales', 'cost', 0, 0, 0, 0, 'all'),
    ('warehouse', 'customer', 0, 0, 0, 0, 'all'),
    ('warehouse', 'sales', 1, 0, 0, 0, 'all'),
    ('warehouse', 'inventory', 1, 1, 1, 0, 'all'),
    ('warehouse', 'analytics', 0, 0, 0, 0, 'all'),
    ('warehouse', 'system', 0, 0, 0, 0, 'all'),
    ('warehouse', 'cost', 0, 0, 0, 0, 'all'),
    ('employee', 'customer', 1, 0, 0, 0, 'all'),
    ('employee', 'sales', 1, 0, 0, 0, 'all'),
    ('employee', 'inventory', 1, 0, 0, 0, 'all'),
    ('employee', 'analytics', 0, 0, 0, 0, 'all'),
    ('employee', 'system', 0, 0, 0, 0, 'all'),
    ('employee', 'cost', 0, 0, 0, 0, 'all');

CREATE TABLE customers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    contact_person TEXT,
    phone TEXT,
    email TEXT,
    address TEXT,
    industry TEXT,
    customer_level TEXT NOT NULL DEFAULT 'normal' CHECK (customer_level IN ('vip', 'important', 'normal')),
    assigned_to INTEGER REFERENCES users(id),
    tags TEXT CHECK (tags IS NULL OR json_valid(tags)),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- the external customer number
    code TEXT CHECK (code IS NULL OR length(code) BETWEEN 1 AND 50),
    payment_term_days INTEGER CHECK (payment_term_days IS NULL OR payment_term_days BETWEEN 0 AND 3650),
    credit_limit REAL CHECK (credit_limit IS NULL OR (credit_limit = ROUND(credit_limit * 100) / 100.0 AND credit_limit BETWEEN 0 AND 9999999999.99)),
    -- rollups, written by the posting module only
    outstanding REAL NOT NULL DEFAULT 0 CHECK (outstanding = ROUND(outstanding * 100) / 100.0),
    last_order_at TEXT,
    last_followup_at TEXT,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX idx_customers_name ON customers(name);
CREATE INDEX idx_customers_assigned_to ON customers(assigned_to);
CREATE INDEX idx_customers_level ON customers(customer_level);
CREATE UNIQUE INDEX idx_customers_code ON customers(code) WHERE code IS NOT NULL;
CREATE INDEX idx_customers_phone ON customers(phone);

CREATE TABLE customer_tags (
    customer_id INTEGER NOT NULL REFERENCES customers(id) ON DELETE CASCADE,
    tag TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 20),
    PRIMARY KEY (customer_id, tag)
) STRICT;
CREATE INDEX idx_customer_tags_tag ON customer_tags(tag);

CREATE TABLE customer_followups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    followup_time TEXT NOT NULL,
    content TEXT NOT NULL CHECK (length(content) > 0),
    result TEXT,
    next_followup_time TEXT,
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX idx_followups_customer ON customer_followups(customer_id);
CREATE INDEX idx_followups_time ON customer_followups(followup_time);

CREATE TABLE products (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    sku TEXT NOT NULL UNIQUE CHECK (length(sku) BETWEEN 1 AND 50),
    category TEXT,
    specification TEXT,
    unit TEXT NOT NULL DEFAULT '件' CHECK (length(unit) BETWEEN 1 AND 10),
    price REAL NOT NULL DEFAULT 0 CHECK (price = ROUND(price * 100) / 100.0 AND price BETWEEN 0 AND 9999999999.99),
    cost_price REAL NOT NULL DEFAULT 0 CHECK (cost_price = ROUND(cost_price * 100) / 100.0 AND cost_price BETWEEN 0 AND 9999999999.99),
    stock_quantity INTEGER NOT NULL DEFAULT 0 CHECK (stock_quantity >= 0),
    stock_warning_threshold INTEGER NOT NULL DEFAULT 10 CHECK (stock_warning_threshold BETWEEN 0 AND 1000000),
    image_path TEXT,
    description TEXT,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    barcode TEXT CHECK (barcode IS NULL OR length(barcode) BETWEEN 1 AND 50),
    -- Σ quantity of order lines whose order reserves; written by the posting module only
    reserved_quantity INTEGER NOT NULL DEFAULT 0 CHECK (reserved_quantity >= 0),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX idx_products_sku ON products(sku);
CREATE INDEX idx_products_category ON products(category);
CREATE INDEX idx_products_name ON products(name);
CREATE UNIQUE INDEX idx_products_barcode ON products(barcode) WHERE barcode IS NOT NULL;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quote_no TEXT NOT NULL UNIQUE,
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    total_amount REAL NOT NULL DEFAULT 0 CHECK (total_amount = ROUND(total_amount * 100) / 100.0 AND total_amount BETWEEN 0 AND 9999999999.99),
    valid_until TEXT NOT NULL CHECK (length(valid_until) = 10),
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent', 'accepted', 'rejected')),
    notes TEXT,
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX idx_quotes_no ON quotes(quote_no);
CREATE INDEX idx_quotes_customer ON quotes(customer_id);
CREATE INDEX idx_quotes_status ON quotes(status);

CREATE TABLE quote_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quote_id INTEGER NOT NULL REFERENCES quotes(id) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES products(id),
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 1000000),
    unit_price REAL NOT NULL DEFAULT 0 CHECK (unit_price = ROUND(unit_price * 100) / 100.0 AND unit_price BETWEEN 0 AND 9999999999.99),
    subtotal REAL NOT NULL DEFAULT 0 CHECK (
        subtotal = ROUND(subtotal * 100) / 100.0
        AND CAST(ROUND(subtotal * 100) AS INTEGER) = quantity * CAST(ROUND(unit_price * 100) AS INTEGER)
    )
) STRICT;
CREATE INDEX idx_quote_items_quote ON quote_items(quote_id);
CREATE INDEX idx_quote_items_product ON quote_items(product_id);

CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_no TEXT NOT NULL UNIQUE CHECK (length(order_no) BETWEEN 1 AND 50),
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    quote_id INTEGER REFERENCES quotes(id),
    total_amount REAL NOT NULL DEFAULT 0 CHECK (total_amount = ROUND(total_amount * 100) / 100.0 AND total_amount BETWEEN 0 AND 9999999999.99),
    paid_amount REAL NOT NULL DEFAULT 0 CHECK (paid_amount = ROUND(paid_amount * 100) / 100.0 AND paid_amount >= 0 AND paid_amount <= total_amount),
    status TEXT NOT NULL DEFAULT 'pending_payment' CHECK (status IN ('pending_payment', 'paid', 'shipped', 'completed', 'cancelled')),
    order_date TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ship_date TEXT,
    complete_date TEXT,
    notes TEXT,
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- the business day of order_date
    order_day TEXT NOT NULL CHECK (length(order_day) = 10),
    -- the number it has elsewhere (imported history)
    external_no TEXT,
    stock_state TEXT NOT NULL CHECK (stock_state IN ('untracked', 'reserved', 'deducted', 'returned')),
    returned_amount REAL NOT NULL DEFAULT 0 CHECK (returned_amount = ROUND(returned_amount * 100) / 100.0 AND returned_amount >= 0 AND returned_amount <= total_amount),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (status <> 'cancelled' OR stock_state IN ('returned', 'untracked'))
) STRICT;
CREATE INDEX idx_orders_no ON orders(order_no);
CREATE INDEX idx_orders_customer ON orders(customer_id);
CREATE INDEX idx_orders_status ON orders(status);
CREATE INDEX idx_orders_date ON orders(order_date);
CREATE INDEX idx_orders_day ON orders(order_day);
CREATE UNIQUE INDEX idx_orders_external_no ON orders(external_no) WHERE external_no IS NOT NULL;
-- a quote turns into at most one order that is not cancelled
CREATE UNIQUE INDEX idx_orders_quote ON orders(quote_id) WHERE quote_id IS NOT NULL AND status <> 'cancelled';

CREATE TABLE order_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES products(id),
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 1000000),
    unit_price REAL NOT NULL DEFAULT 0 CHECK (unit_price = ROUND(unit_price * 100) / 100.0 AND unit_price BETWEEN 0 AND 9999999999.99),
    subtotal REAL NOT NULL DEFAULT 0 CHECK (
        subtotal = ROUND(subtotal * 100) / 100.0
        AND CAST(ROUND(subtotal * 100) AS INTEGER) = quantity * CAST(ROUND(unit_price * 100) AS INTEGER)
    ),
    -- the product's cost at that moment
    cost_price REAL NOT NULL DEFAULT 0 CHECK (cost_price = ROUND(cost_price * 100) / 100.0 AND cost_price BETWEEN 0 AND 9999999999.99),
    returned_quantity INTEGER NOT NULL DEFAULT 0 CHECK (returned_quantity BETWEEN 0 AND quantity)
) STRICT;
CREATE INDEX idx_order_items_order ON order_items(order_id);
CREATE INDEX idx_order_items_product ON order_items(product_id);

CREATE TABLE payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders(id),
    amount REAL NOT NULL DEFAULT 0 CHECK (amount = ROUND(amount * 100) / 100.0 AND ABS(amount) <= 9999999999.99 AND amount <> 0),
    payment_date TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    payment_method TEXT,
    notes TEXT,
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    payment_no TEXT NOT NULL UNIQUE,
    -- payments booked by one act share a group
    receipt_group TEXT
) STRICT;
CREATE INDEX idx_payments_order ON payments(order_id);
CREATE INDEX idx_payments_date ON payments(payment_date);

CREATE TABLE stock_movements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id INTEGER NOT NULL REFERENCES products(id),
    movement_type TEXT NOT NULL CHECK (movement_type IN ('in', 'out', 'adjust')),
    quantity INTEGER NOT NULL DEFAULT 0,
    reference_type TEXT CHECK (reference_type IS NULL OR reference_type IN ('order', 'return', 'adjust', 'opening', 'stocktake', 'reversal', 'purchase')),
    reference_id INTEGER,
    notes TEXT,
    created_by INTEGER NOT NULL REFERENCES users(id),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- the product's stock right after this movement
    stock_after INTEGER NOT NULL CHECK (stock_after >= 0),
    CHECK ((movement_type = 'in' AND quantity > 0) OR (movement_type = 'out' AND quantity < 0) OR movement_type = 'adjust')
) STRICT;
CREATE INDEX idx_stock_movements_product ON stock_movements(product_id);
CREATE INDEX idx_stock_movements_type ON stock_movements(movement_type);
CREATE INDEX idx_stock_movements_date ON stock_movements(created_at);
CREATE INDEX idx_stock_movements_reference ON stock_movements(reference_type, reference_id);
-- a movement is reversed at most once
CREATE UNIQUE INDEX idx_stock_movements_reversal ON stock_movements(reference_id) WHERE reference_type = 'reversal';

CREATE TABLE system_config (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    config_key TEXT NOT NULL UNIQUE CHECK (length(config_key) > 0),
    config_value TEXT NOT NULL,
    description TEXT,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE TABLE system_logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER REFERENCES users(id),
    action TEXT NOT NULL CHECK (action IN ('login', 'create', 'update', 'delete', 'logout', 'login_failed', 'denied', 'import', 'export', 'backup', 'restore', 'print')),
    module TEXT NOT NULL,
    description TEXT NOT NULL,
    ip_address TEXT,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    entity_type TEXT,
    entity_id INTEGER,
    -- changed fields, before and after, as JSON
    changes TEXT CHECK (changes IS NULL OR json_valid(changes)),
    -- SHA-256 over the row before and this one
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX idx_logs_user ON system_logs(user_id);
CREATE INDEX idx_logs_action ON system_logs(action);
CREATE INDEX idx_logs_date ON system_logs(created_at);
CREATE INDEX idx_logs_entity ON system_logs(entity_type, entity_id);

-- Sequences of document numbers, by kind and business day.
CREATE TABLE counters (
    kind TEXT NOT NULL CHECK (kind IN ('quote', 'order', 'payment')),
    day TEXT NOT NULL CHECK (length(day) = 10),
    last INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (kind, day)
) STRICT;

-- Facts about the file itself: session epoch, head of the log chain, version of the search index.
CREATE TABLE file_state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
INSERT INTO file_state (key, value) VALUES ('session_epoch', '1');

-- Search: overlapping pairs of characters and pinyin syllables, written by the services beside each record.
CREATE VIRTUAL TABLE customer_search USING fts5(grams, syllables, content='', contentless_delete=1, prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co'");
CREATE VIRTUAL TABLE product_search USING fts5(grams, syllables, content='', contentless_delete=1, prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co'");
CREATE VIRTUAL TABLE order_search USING fts5(grams, syllables, content='', contentless_delete=1, prefix='1', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co'");

-- What was booked stays booked: corrections are further rows.
CREATE TRIGGER stock_movements_no_update BEFORE UPDATE ON stock_movements BEGIN SELECT RAISE(ABORT, 'stock_movements is append-only'); END;
CREATE TRIGGER stock_movements_no_delete BEFORE DELETE ON stock_movements BEGIN SELECT RAISE(ABORT, 'stock_movements is append-only'); END;
CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments BEGIN SELECT RAISE(ABORT, 'payments is append-only'); END;
CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments BEGIN SELECT RAISE(ABORT, 'payments is append-only'); END;
CREATE TRIGGER system_logs_no_update BEFORE UPDATE ON system_logs BEGIN SELECT RAISE(ABORT, 'system_logs is append-only'); END;
CREATE TRIGGER system_logs_no_delete BEFORE DELETE ON system_logs BEGIN SELECT RAISE(ABORT, 'system_logs is append-only'); END;

-- Lines of an order are fixed once its stock was deducted, or where it is history.
CREATE TRIGGER order_items_fixed_update BEFORE UPDATE OF order_id, product_id, quantity, unit_price, subtotal, cost_price ON order_items
WHEN (SELECT stock_state FROM orders WHERE id = OLD.order_id) <> 'reserved'
BEGIN SELECT RAISE(ABORT, 'lines of this order are fixed'); END;
CREATE TRIGGER order_items_fixed_delete BEFORE DELETE ON order_items
WHEN (SELECT stock_state FROM orders WHERE id = OLD.order_id) <> 'reserved'
BEGIN SELECT RAISE(ABORT, 'lines of this order are fixed'); END;
CREATE TRIGGER order_items_fixed_insert BEFORE INSERT ON order_items
WHEN (SELECT stock_state FROM orders WHERE id = NEW.order_id) NOT IN ('reserved', 'untracked')
BEGIN SELECT RAISE(ABORT, 'lines of this order are fixed'); END;
