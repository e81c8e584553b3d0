-- A work queue: statements that may be no-ops, ones that are refused, executable comments.
CREATE TABLE IF NOT EXISTS jobs (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  queue VARCHAR(50) NOT NULL DEFAULT 'default',
  payload LONGTEXT NOT NULL,
  attempts TINYINT UNSIGNED NOT NULL DEFAULT '0',
  available_at INT UNSIGNED NOT NULL,
  created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  KEY `jobs_queue` (`queue`)
) /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
CREATE TABLE IF NOT EXISTS jobs (id INT);
/*!40101 SET @old = @@sql_mode */;
CREATE TABLE workers (
  id INT NOT NULL /*!40101 AUTO_INCREMENT */,
  name VARCHAR(30) /*!99999 NOT NULL */,
  beat DATETIME /*! NOT NULL */,
  PRIMARY KEY (id)
) ENGINE=InnoDB /*!50100 PARTITION BY HASH (id) PARTITIONS 2 */;
ALTER TABLE jobs ADD COLUMN worker_id INT /* who has it */ NULL, -- free when NULL
  ADD INDEX worker (worker_id), # by worker
  MODIFY queue VARCHAR(40) NOT NULL DEFAULT "low";
DROP TABLE IF EXISTS workers_old;
DROP VIEW IF EXISTS job_view;
CREATE TABLE failed_jobs (id INT AUTO_INCREMENT, uuid CHAR(36), job_id BIGINT UNSIGNED, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL, UNIQUE KEY failed_jobs_uuid_unique (uuid), PRIMARY KEY (id));
ALTER TABLE failed_jobs ADD CONSTRAINT fj FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE SET NULL;
-- fails: 1830 unruled
ALTER TABLE failed_jobs MODIFY job_id BIGINT UNSIGNED NOT NULL;
-- fails: 1050
CREATE TABLE jobs (id INT);
-- fails: 1064
CREATE TABEL jobs (id INT);
-- fails: 1064
ALTER TABLE jobs ADD COLUMN;
-- fails: 1061
ALTER TABLE jobs ADD INDEX worker (queue);
-- fails: 1060
ALTER TABLE jobs ADD COLUMN a INT, ADD COLUMN A INT;
-- fails: 1054
ALTER TABLE jobs CHANGE nowhere somewhere INT;
-- fails: 1054
ALTER TABLE jobs ALTER COLUMN nowhere SET DEFAULT 1;
-- fails: 1060
ALTER TABLE jobs CHANGE queue payload VARCHAR(10);
-- fails: 1091
-- fails mariadb: 1506 other
ALTER TABLE workers DROP FOREIGN KEY nowhere;
-- fails: 1091 other
ALTER TABLE failed_jobs DROP PRIMARY KEY, DROP PRIMARY KEY;
-- fails: 1075
ALTER TABLE failed_jobs DROP PRIMARY KEY;
-- fails mysql: 1071
ALTER TABLE jobs ADD COLUMN wide VARCHAR(2000), ADD INDEX (wide);
-- fails: 1067
ALTER TABLE jobs ADD COLUMN day DATE NOT NULL DEFAULT '0000-13-00';
-- fails: 1294
ALTER TABLE jobs ADD COLUMN n INT ON UPDATE CURRENT_TIMESTAMP;
-- fails: 1059
ALTER TABLE jobs ADD COLUMN a123456789012345678901234567890123456789012345678901234567890123456789 INT;
-- fails: 1074
ALTER TABLE jobs ADD COLUMN c CHAR(300);
-- fails: 1146 unseen
CREATE TABLE jobs_copy LIKE nowhere;
-- fails: 1146 unseen
CREATE INDEX i ON nowhere (id);
-- fails: 1072
CREATE TABLE bad_key (a INT, KEY (b));
-- fails: 1068
CREATE TABLE two_keys (a INT PRIMARY KEY, b INT PRIMARY KEY);
-- fails: 1060
CREATE TABLE twice (a INT, a INT);
-- fails: 1061
CREATE TABLE twice (a INT, KEY k (a), KEY k (a));
-- fails: 4028 other
-- fails mariadb: 1113
CREATE TABLE nothing_in_it;
-- fails: 1286 unruled
CREATE TABLE odd_engine (a INT) ENGINE=Nonsense;
ALTER TABLE jobs RENAME INDEX jobs_queue TO `queue`, ADD COLUMN reserved_at INT UNSIGNED AFTER attempts;
ALTER TABLE jobs ADD INDEX (queue), ADD INDEX (queue, reserved_at);
ALTER TABLE jobs DROP INDEX queue_2, DROP COLUMN worker_id;
ALTER TABLE jobs DISABLE KEYS;
ALTER TABLE jobs ENABLE KEYS;
LOCK TABLES jobs WRITE;
UNLOCK TABLES;
ALTER TABLE failed_jobs DROP COLUMN uuid, DROP FOREIGN KEY fj;
ALTER TABLE failed_jobs DROP INDEX fj;
ALTER TABLE workers MODIFY COLUMN name VARCHAR(60) CHARACTER SET latin1 COLLATE latin1_general_cs NULL COMMENT 'host';
