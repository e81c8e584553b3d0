-- Double entry: generated columns, checks and expressions as defaults.
CREATE TABLE books (
  id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  opened DATE NOT NULL DEFAULT (CURRENT_DATE),
  token CHAR(36) DEFAULT (UUID()),
  score INT DEFAULT (1 + 2 * 3),
  label VARCHAR(40) DEFAULT (CONCAT('b-', 'x')),
  note TEXT DEFAULT ('none')
);
CREATE TABLE entries (
  id BIGINT NOT NULL AUTO_INCREMENT,
  book_id BIGINT NOT NULL,
  debit DECIMAL(18,2) NOT NULL DEFAULT 0 CHECK (debit >= 0),
  credit DECIMAL(18,2) NOT NULL DEFAULT 0,
  balance DECIMAL(18,2) AS (debit - credit) VIRTUAL,
  half DECIMAL(18,2) GENERATED ALWAYS AS ((debit - credit) / 2) STORED COMMENT 'half of it',
  memo VARCHAR(100),
  memo_short VARCHAR(10) AS (LEFT(memo, 10)),
  PRIMARY KEY (id),
  KEY (balance),
  CONSTRAINT one_side CHECK (debit = 0 OR credit = 0),
  CHECK (credit >= 0),
  FOREIGN KEY (book_id) REFERENCES books (id)
);
ALTER TABLE entries ADD COLUMN booked_on DATE, ADD COLUMN booked_year INT AS (YEAR(booked_on)) STORED, ADD INDEX (booked_year);
ALTER TABLE entries ADD CONSTRAINT memo_set CHECK (memo IS NOT NULL AND CHAR_LENGTH(memo) > 3);
ALTER TABLE entries ADD CONSTRAINT CHECK (booked_on BETWEEN '2000-01-01' AND '2100-01-01');
ALTER TABLE entries ADD CHECK (book_id IN (1, 2, 3));
ALTER TABLE entries DROP CONSTRAINT one_side;
ALTER TABLE entries ADD CONSTRAINT one_side CHECK (debit * credit = 0), ADD CHECK (debit <> 13);
ALTER TABLE entries MODIFY memo VARCHAR(200) NOT NULL DEFAULT '-';
ALTER TABLE entries MODIFY half DECIMAL(20,4) AS ((debit - credit) / 2) STORED;
ALTER TABLE entries DROP COLUMN memo_short;
ALTER TABLE entries ADD COLUMN upper_memo VARCHAR(200) AS (UPPER(memo)) VIRTUAL AFTER memo, ADD UNIQUE INDEX um (upper_memo, id);
ALTER TABLE entries ADD COLUMN extra JSON;
ALTER TABLE entries ADD COLUMN kind VARCHAR(20) AS (JSON_UNQUOTE(JSON_EXTRACT(extra, '$.kind'))) STORED;
ALTER TABLE entries CHANGE COLUMN booked_year fiscal_year INT AS (YEAR(booked_on) + 1) STORED;
ALTER TABLE entries ALTER COLUMN credit DROP DEFAULT;
ALTER TABLE books ALTER COLUMN score SET DEFAULT 5, ALTER label SET DEFAULT 'none';
ALTER TABLE books MODIFY opened DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE books ADD COLUMN closed DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP;
ALTER TABLE books ADD COLUMN expires DATE DEFAULT (CURRENT_DATE + INTERVAL 1 YEAR);
ALTER TABLE books ADD COLUMN low INT DEFAULT 1 CHECK (low > 0), ADD COLUMN high INT CHECK (high < 100);
ALTER TABLE books ADD CHECK (low < high);
-- fails: 3959
-- fails mariadb: 1054
ALTER TABLE books DROP COLUMN low;
ALTER TABLE books RENAME COLUMN name TO title;
-- fails: 3959 other
-- fails mariadb: 1054 other
ALTER TABLE entries DROP COLUMN debit;
-- fails: 1054
ALTER TABLE entries ADD COLUMN bad INT AS (nowhere + 1);
-- fails: 1054 other
ALTER TABLE entries ADD CONSTRAINT bad CHECK (nowhere > 1);
CREATE TABLE snapshots AS SELECT id, debit, credit FROM entries;
CREATE TABLE totals (id BIGINT NOT NULL, sum DECIMAL(20,2), PRIMARY KEY (id)) SELECT id, 0.5 AS sum FROM books;
CREATE TABLE entries_like LIKE entries;
ALTER TABLE entries_like ADD CHECK (credit < 1000);
CREATE TABLE books_like (LIKE books);
ALTER TABLE books_like ADD COLUMN lower_token CHAR(36) AS (LOWER(token)) VIRTUAL;
DROP TABLE snapshots, totals;
ALTER TABLE entries_like DROP COLUMN kind, DROP COLUMN extra;
ALTER TABLE entries DROP INDEX balance, ADD INDEX (balance, fiscal_year);
ALTER TABLE books DROP COLUMN token;
