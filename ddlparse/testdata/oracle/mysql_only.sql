-- servers: mysql
-- What only MySQL has: functional and invisible indexes, invisible columns, enforcement of checks.
CREATE TABLE people (
  id INT NOT NULL AUTO_INCREMENT,
  name VARCHAR(60) NOT NULL,
  mail VARCHAR(190),
  born DATE,
  data JSON,
  PRIMARY KEY (id),
  KEY lower_mail ((LOWER(mail))),
  KEY mixed (name, (YEAR(born)) DESC),
  UNIQUE KEY one_name (name DESC, id)
);
ALTER TABLE people ADD INDEX ((born + INTERVAL 1 DAY));
ALTER TABLE people ADD INDEX ((UPPER(name))), ADD INDEX ((CHAR_LENGTH(name)));
ALTER TABLE people ADD UNIQUE INDEX ((SUBSTRING(mail, 1, 5)));
CREATE INDEX tags ON people ((CAST(data->'$.tags' AS UNSIGNED ARRAY)));
ALTER TABLE people ADD INDEX hidden (born) INVISIBLE;
ALTER TABLE people ALTER INDEX hidden VISIBLE, ALTER INDEX mixed INVISIBLE;
ALTER TABLE people ADD COLUMN secret INT DEFAULT 3 INVISIBLE COMMENT 'not in *';
ALTER TABLE people ADD COLUMN shown INT INVISIBLE, ALTER COLUMN secret SET VISIBLE;
ALTER TABLE people ALTER COLUMN mail SET INVISIBLE;
ALTER TABLE people ADD CONSTRAINT grown CHECK (born < '2020-01-01') NOT ENFORCED;
ALTER TABLE people ADD CHECK (born > '1900-01-01' OR name <> '') NOT ENFORCED, ADD CHECK (name <> 'x');
ALTER TABLE people ALTER CHECK grown ENFORCED;
ALTER TABLE people ALTER CONSTRAINT people_chk_1 NOT ENFORCED;
ALTER TABLE people DROP CHECK people_chk_1;
ALTER TABLE people ADD CHECK (secret <> 5);
ALTER TABLE people ADD COLUMN place POINT SRID 4326, ADD COLUMN inline_check INT CONSTRAINT inline_named CHECK (inline_check > 1);
ALTER TABLE people ADD COLUMN score INT DEFAULT (FLOOR(1.5)) NOT NULL, ADD COLUMN made DATETIME DEFAULT (NOW() + INTERVAL 1 DAY);
ALTER TABLE people ALTER COLUMN score SET DEFAULT (ABS(-2));
ALTER TABLE people MODIFY place POINT NOT NULL SRID 4326, ADD SPATIAL INDEX (place);
ALTER TABLE people RENAME COLUMN shown TO seen, RENAME INDEX hidden TO born_key;
-- fails: 1054
ALTER TABLE people ADD INDEX ((LOWER(nowhere)));
-- fails: 3821
ALTER TABLE people DROP CHECK nowhere;
-- fails: 3940
ALTER TABLE people DROP CONSTRAINT nowhere;
-- fails: 3837
ALTER TABLE people DROP COLUMN mail;
ALTER TABLE people DROP INDEX functional_index, ADD INDEX functional_index (born);
CREATE TABLE nested (id INT PRIMARY KEY, parent INT, CHECK (parent <> id), CONSTRAINT p FOREIGN KEY pkey (parent) REFERENCES nested (id));
CREATE TABLE refs (nested_id INT REFERENCES nested (id), other_id INT, CONSTRAINT o FOREIGN KEY (other_id) REFERENCES nested (id) ON DELETE CASCADE);
ALTER TABLE refs ADD FOREIGN KEY (nested_id) REFERENCES nested (id), ADD FOREIGN KEY (nested_id) REFERENCES nested (id) ON DELETE CASCADE;
ALTER TABLE refs DROP CONSTRAINT o, DROP CONSTRAINT refs_ibfk_1;
ALTER TABLE refs ADD FOREIGN KEY (other_id) REFERENCES nested (id);
RENAME TABLE refs TO references_to;
ALTER TABLE references_to ADD FOREIGN KEY (other_id) REFERENCES nested (id), ADD CHECK (other_id > 1);
CREATE TABLE references_like LIKE references_to;
CREATE TABLE secondary_engine_free (id INT NOT NULL, v VARCHAR(10) DEFAULT NULL, KEY (v), UNIQUE (id)) COMPRESSION='zlib';
ALTER TABLE secondary_engine_free COMPRESSION='none', ALGORITHM=COPY;
ALTER TABLE secondary_engine_free MODIFY v VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_ja_0900_as_cs;
ALTER TABLE secondary_engine_free ADD COLUMN g INT AS (id * 2) VIRTUAL NOT NULL, ADD INDEX (g);
