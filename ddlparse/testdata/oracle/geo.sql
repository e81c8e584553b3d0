-- Places: spatial columns and keys, hex and string defaults, odd names.
CREATE TABLE places (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  at POINT NOT NULL,
  area POLYGON,
  lat DECIMAL(9,6) NOT NULL DEFAULT 35.681236,
  lon DECIMAL(9,6) NOT NULL DEFAULT '139.767125',
  SPATIAL KEY at_key (at),
  KEY (lat, lon)
);
ALTER TABLE places ADD COLUMN path LINESTRING NOT NULL AFTER at, ADD SPATIAL INDEX (path);
ALTER TABLE places DROP INDEX path;
CREATE SPATIAL INDEX path ON places (path);
ALTER TABLE places DROP COLUMN path;
ALTER TABLE places CHANGE area outline POLYGON NULL COMMENT 'outline', ADD FULLTEXT (name);
ALTER TABLE places ADD COLUMN `select` INT DEFAULT 1, ADD COLUMN `a``b` INT, ADD COLUMN `with space` VARCHAR(3) DEFAULT ' ', ADD INDEX `select` (`select`, `a``b`);
ALTER TABLE places RENAME COLUMN `with space` TO `with-dash`;
CREATE TABLE `order` (`key` INT NOT NULL, `index` INT, `group` VARCHAR(5), PRIMARY KEY (`key`), KEY `group` (`group`), KEY (`index`));
ALTER TABLE `order` ADD KEY `primary_like` (`key`, `group`), DROP KEY `index`;
CREATE TABLE `2024_visits` (`1st` INT, `2nd` INT, UNIQUE `3rd` (`1st`, `2nd`));
ALTER TABLE `2024_visits` ADD UNIQUE (`2nd`), ADD `日付` DATE;
CREATE TABLE tiles (
  z TINYINT UNSIGNED NOT NULL,
  x MEDIUMINT UNSIGNED NOT NULL,
  y MEDIUMINT UNSIGNED NOT NULL,
  hash BINARY(8) NOT NULL DEFAULT 'abc',
  flags SET('land','sea','ice') NOT NULL DEFAULT '',
  kind ENUM('raster','vector') DEFAULT 'vector',
  bits BIT(10) DEFAULT b'0000000011',
  color CHAR(7) DEFAULT '#ffffff',
  raw BLOB NOT NULL,
  PRIMARY KEY (z, x, y),
  KEY raw_start (raw(10)),
  KEY (hash(4)),
  UNIQUE KEY two (color, kind)
);
ALTER TABLE tiles MODIFY kind ENUM('vector','raster','both') NOT NULL DEFAULT 'both';
ALTER TABLE tiles MODIFY flags SET('land','sea') NULL;
ALTER TABLE tiles DROP PRIMARY KEY, ADD PRIMARY KEY (x, y, z), ADD COLUMN w INT;
ALTER TABLE tiles MODIFY x INT, MODIFY y INT NOT NULL;
ALTER TABLE tiles CHANGE z zoom TINYINT;
-- fails mariadb: 1072
ALTER TABLE tiles DROP COLUMN zoom;
-- fails: 1068
ALTER TABLE tiles ADD id INT PRIMARY KEY;
ALTER TABLE tiles ADD serial_no INT NOT NULL AUTO_INCREMENT UNIQUE;
-- fails: 1075
ALTER TABLE tiles ADD other_no INT NOT NULL AUTO_INCREMENT UNIQUE;
ALTER TABLE tiles MODIFY serial_no INT NOT NULL, DROP INDEX serial_no;
ALTER TABLE tiles ADD INDEX pre (color(3)), ADD UNIQUE pre2 (color(2)), ADD UNIQUE three (y);
-- fails: 1089
ALTER TABLE tiles ADD INDEX bad (y(3));
-- fails: 1089
ALTER TABLE tiles ADD INDEX bad (color(300));
-- fails mysql: 1170
ALTER TABLE tiles ADD INDEX cut (raw);
-- fails: 1060
ALTER TABLE tiles ADD INDEX bad (y, y);
-- fails: 1252
ALTER TABLE places ADD SPATIAL INDEX bad (outline);
-- fails: 1283
ALTER TABLE places ADD FULLTEXT bad (lat);
CREATE TABLE visits (place_id INT UNSIGNED, visitor INT, UNIQUE KEY (visitor, place_id), CONSTRAINT visited FOREIGN KEY (place_id) REFERENCES places (id));
ALTER TABLE visits MODIFY visitor INT NOT NULL, ADD UNIQUE KEY (visitor);
ALTER TABLE visits MODIFY place_id INT UNSIGNED NOT NULL;
ALTER TABLE places AUTO_INCREMENT = 77, MODIFY name VARCHAR(120) NOT NULL;
ALTER TABLE places DROP INDEX lat, ADD INDEX lat (lon), ADD INDEX (lat);
