-- A web shop: from one file with everything to a schema that grew for years.
CREATE TABLE users (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(190) NOT NULL UNIQUE,
  nickname VARCHAR(40),
  created DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE products (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  sku CHAR(12) NOT NULL,
  title VARCHAR(200) NOT NULL DEFAULT '',
  price DECIMAL(10,2) NOT NULL DEFAULT 0,
  weight FLOAT,
  stock INTEGER DEFAULT 0,
  state ENUM('draft','live','gone') NOT NULL DEFAULT 'draft',
  PRIMARY KEY (id),
  UNIQUE (sku),
  KEY (title(20)),
  KEY (title, state)
) ENGINE=InnoDB COMMENT='what we sell';
CREATE TABLE orders (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id INT NOT NULL,
  placed TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  total NUMERIC(12,2),
  PRIMARY KEY (id),
  FOREIGN KEY (user_id) REFERENCES users (id)
) AUTO_INCREMENT=1000;
CREATE TABLE order_lines (
  order_id BIGINT UNSIGNED NOT NULL,
  line SMALLINT NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  quantity TINYINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (order_id, line),
  CONSTRAINT fk_line_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  CONSTRAINT fk_line_product FOREIGN KEY (product_id) REFERENCES products (id) ON UPDATE CASCADE ON DELETE RESTRICT
);
ALTER TABLE users ADD COLUMN phone VARCHAR(20) AFTER email;
ALTER TABLE users ADD first_name VARCHAR(50) FIRST, ADD last_name VARCHAR(50) AFTER first_name;
ALTER TABLE users MODIFY nickname VARCHAR(80) NOT NULL DEFAULT 'anonymous';
ALTER TABLE users CHANGE nickname handle VARCHAR(80) NULL;
CREATE INDEX by_phone ON users (phone);
CREATE UNIQUE INDEX by_handle ON users (handle);
ALTER TABLE orders ADD INDEX (user_id, placed);
ALTER TABLE orders ADD INDEX (placed), ADD INDEX (placed, total);
ALTER TABLE orders ADD COLUMN note TEXT, ADD COLUMN status SET('paid','packed','sent') DEFAULT 'paid,packed';
-- fails: 1060
ALTER TABLE orders ADD COLUMN note VARCHAR(20);
-- fails: 1061
CREATE INDEX by_phone ON users (email);
-- fails: 1072
ALTER TABLE users ADD INDEX by_fax (fax);
-- fails: 1054
ALTER TABLE users MODIFY fax VARCHAR(20);
-- fails: 1050
CREATE TABLE users (id INT);
ALTER TABLE products DROP COLUMN state;
ALTER TABLE products ADD COLUMN attributes JSON, ADD COLUMN picture MEDIUMBLOB, ADD COLUMN seen BIT(8) DEFAULT b'1010';
INSERT INTO users (email, handle) VALUES ('a@example.com', 'a');
UPDATE users SET phone = '1' WHERE id = 1;
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0);
ALTER TABLE orders ADD CHECK (status <> '');
ALTER TABLE products ADD FULLTEXT INDEX words (title);
CREATE TABLE carts (
  user_id INT PRIMARY KEY,
  product_id INT UNSIGNED REFERENCES products (id),
  added TIMESTAMP NULL,
  CONSTRAINT FOREIGN KEY (user_id) REFERENCES users (id),
  FOREIGN KEY by_product (product_id) REFERENCES products (id) ON DELETE SET NULL
);
ALTER TABLE carts ADD INDEX product_first (product_id, added);
ALTER TABLE order_lines ADD INDEX other (product_id);
ALTER TABLE order_lines DROP FOREIGN KEY fk_line_product;
-- fails: 1091
ALTER TABLE order_lines DROP INDEX fk_line_product;
-- fails: 1091
ALTER TABLE order_lines DROP FOREIGN KEY fk_line_product;
CREATE VIEW live_orders AS SELECT o.id, u.email FROM orders o JOIN users u ON u.id = o.user_id;
CREATE OR REPLACE VIEW live_orders AS SELECT id, total FROM orders WHERE total > 0;
CREATE VIEW v_old AS SELECT 1 AS one;
DROP VIEW IF EXISTS v_old, v_never;
ALTER TABLE orders DROP CONSTRAINT total_positive;
ALTER TABLE orders RENAME COLUMN total TO amount;
ALTER TABLE orders ALTER COLUMN amount SET DEFAULT 0;
ALTER TABLE orders ALTER status DROP DEFAULT;
DROP TABLE IF EXISTS nothing;
