-- Invoices and payments: constraint names that the servers choose, and how they number them.
CREATE TABLE accounts (
  id SERIAL PRIMARY KEY,
  code VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_id BIGINT UNSIGNED,
  currency CHAR(3) DEFAULT 'JPY',
  active BOOLEAN NOT NULL DEFAULT TRUE,
  rate DOUBLE PRECISION DEFAULT 1.25,
  FOREIGN KEY (parent_id) REFERENCES accounts (id),
  UNIQUE KEY (code),
  UNIQUE (code, currency),
  UNIQUE KEY (code, active)
);
CREATE TABLE invoices (
  id INT AUTO_INCREMENT,
  account_id BIGINT UNSIGNED NOT NULL,
  payer_id BIGINT UNSIGNED,
  due DATE NOT NULL,
  net DECIMAL(14,4) NOT NULL,
  tax DECIMAL(14,4) NOT NULL DEFAULT '0.1',
  gross DECIMAL(14,4) GENERATED ALWAYS AS (net + tax) STORED,
  PRIMARY KEY (id),
  CHECK (net >= 0),
  CHECK (tax >= 0),
  FOREIGN KEY (account_id) REFERENCES accounts (id),
  FOREIGN KEY (payer_id) REFERENCES accounts (id) ON DELETE SET NULL
);
ALTER TABLE invoices ADD FOREIGN KEY (payer_id) REFERENCES accounts (id);
ALTER TABLE invoices DROP FOREIGN KEY invoices_ibfk_2;
ALTER TABLE invoices ADD COLUMN second_payer BIGINT UNSIGNED, ADD FOREIGN KEY (second_payer) REFERENCES accounts (id);
ALTER TABLE invoices DROP FOREIGN KEY invoices_ibfk_4;
ALTER TABLE invoices ADD FOREIGN KEY (second_payer) REFERENCES accounts (id) ON UPDATE CASCADE;
ALTER TABLE invoices ADD KEY wide (payer_id, due);
ALTER TABLE invoices ADD UNIQUE KEY one_per_day (account_id, due, net);
CREATE TABLE payments (
  id BIGINT NOT NULL,
  invoice_id INT NOT NULL,
  amount DECIMAL(14,4) NOT NULL,
  method VARCHAR(20) DEFAULT 'card',
  booked DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
  CONSTRAINT pk_payments PRIMARY KEY (id),
  CONSTRAINT amount_not_zero CHECK (amount <> 0),
  KEY (invoice_id),
  FOREIGN KEY (invoice_id) REFERENCES invoices (id)
);
ALTER TABLE payments ADD CHECK (method <> 'cash');
ALTER TABLE payments ADD CHECK (id > 0), ADD CHECK (amount < 1000000);
ALTER TABLE payments DROP CONSTRAINT amount_not_zero;
ALTER TABLE payments ADD CHECK (booked > '2000-01-01');
-- fails: 1826
-- fails mariadb: 1005 other
ALTER TABLE payments ADD CONSTRAINT payments_ibfk_1 FOREIGN KEY (invoice_id) REFERENCES invoices (id);
-- fails: 1068
ALTER TABLE payments ADD PRIMARY KEY (invoice_id);
RENAME TABLE payments TO receipts;
ALTER TABLE receipts ADD COLUMN refund_of BIGINT, ADD FOREIGN KEY (refund_of) REFERENCES receipts (id);
ALTER TABLE receipts RENAME TO payments;
ALTER TABLE payments ADD FOREIGN KEY (refund_of) REFERENCES payments (id) ON DELETE CASCADE;
CREATE TABLE reminders (
  invoice_id INT NOT NULL,
  level TINYINT(2) NOT NULL DEFAULT 1,
  sent TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  text LONGTEXT,
  KEY (level),
  KEY (level, sent),
  KEY level_4 (sent),
  KEY (level, invoice_id),
  PRIMARY KEY (invoice_id, level)
);
ALTER TABLE reminders ADD KEY (level);
ALTER TABLE reminders DROP KEY level_2, ADD KEY (level, sent, invoice_id);
ALTER TABLE reminders DROP PRIMARY KEY, ADD PRIMARY KEY (level, invoice_id);
ALTER TABLE reminders ADD CONSTRAINT named_for FOREIGN KEY to_invoice (invoice_id) REFERENCES invoices (id) ON DELETE CASCADE;
ALTER TABLE accounts DROP INDEX code_2;
ALTER TABLE accounts DROP COLUMN currency;
ALTER TABLE accounts CHANGE COLUMN active enabled TINYINT(1) NOT NULL DEFAULT 0 COMMENT 'was: active';
ALTER TABLE accounts ADD COLUMN currency CHAR(3) NOT NULL DEFAULT 'EUR' AFTER code, ADD INDEX (currency);
ALTER TABLE accounts MODIFY rate DECIMAL(8,3) UNSIGNED NULL DEFAULT 2;
-- fails: 1091
ALTER TABLE accounts DROP COLUMN never_there;
-- fails: 1091
DROP INDEX never_there ON accounts;
-- fails: 1051 unseen
DROP TABLE never_there;
-- fails: 1146 unseen
ALTER TABLE never_there ADD COLUMN a INT;
DROP TABLE reminders;
