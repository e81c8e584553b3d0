-- Several databases: qualified names, USE, objects that move between databases.
CREATE DATABASE {db}_core CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE DATABASE IF NOT EXISTS {db}_core;
CREATE DATABASE {db}_old DEFAULT CHARSET latin1;
CREATE TABLE {db}_core.tenants (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL, plan VARCHAR(10) DEFAULT 'free');
CREATE TABLE {db}_old.tenants (id INT NOT NULL PRIMARY KEY, name VARCHAR(100));
CREATE TABLE local_settings (tenant_id INT NOT NULL, k VARCHAR(50), v TEXT, PRIMARY KEY (tenant_id, k));
-- fails: 1007
CREATE DATABASE {db}_core;
-- fails: 1146 unseen
ALTER TABLE tenants ADD COLUMN x INT;
ALTER TABLE {db}_core.tenants ADD COLUMN region VARCHAR(20) AFTER name;
ALTER TABLE local_settings ADD CONSTRAINT set_tenant FOREIGN KEY (tenant_id) REFERENCES {db}_core.tenants (id) ON DELETE CASCADE;
USE {db}_core;
CREATE TABLE users (id BIGINT AUTO_INCREMENT PRIMARY KEY, tenant_id INT NOT NULL, mail VARCHAR(190) NOT NULL, UNIQUE (tenant_id, mail), FOREIGN KEY (tenant_id) REFERENCES tenants (id));
CREATE TABLE {db}_old.users LIKE users;
ALTER TABLE {db}_old.users DROP INDEX tenant_id, ADD COLUMN moved BOOL DEFAULT FALSE;
CREATE INDEX by_mail ON {db}_core.users (mail);
USE {db}_old;
CREATE TABLE logs (id INT PRIMARY KEY, line VARCHAR(200), level ENUM('info','warn'));
ALTER TABLE logs CONVERT TO CHARACTER SET utf8mb4;
RENAME TABLE logs TO {db}_core.logs;
ALTER TABLE {db}_core.logs ADD COLUMN at DATETIME DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE users RENAME TO {db}_core.users_old;
-- fails: 1146
ALTER TABLE users ADD COLUMN x INT;
CREATE TABLE notes (id INT PRIMARY KEY, body TEXT);
ALTER DATABASE {db}_old CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE notes2 (id INT PRIMARY KEY, body TEXT);
CREATE VIEW all_tenants AS SELECT id, name FROM tenants UNION SELECT id, name FROM {db}_core.tenants;
CREATE TRIGGER {db}_old.notes_trigger BEFORE INSERT ON notes FOR EACH ROW SET NEW.body = '';
USE {db};
CREATE TABLE tenants (id INT PRIMARY KEY, parent INT, core_id INT, FOREIGN KEY (parent) REFERENCES tenants (id), FOREIGN KEY (core_id) REFERENCES {db}_core.tenants (id));
ALTER TABLE tenants ADD COLUMN title VARCHAR(20), ADD INDEX (title);
ALTER TABLE {db}.tenants DROP COLUMN title;
DROP TABLE IF EXISTS {db}_old.notes2, notes2;
-- fails: 1049 unseen
CREATE TABLE {db}_nowhere.t (id INT);
-- fails: 1008 unseen
DROP DATABASE {db}_nowhere;
DROP DATABASE IF EXISTS {db}_nowhere;
DROP DATABASE {db}_old;
CREATE DATABASE {db}_old;
CREATE TABLE {db}_old.fresh (a VARCHAR(5)) CHARACTER SET latin1;
ALTER TABLE {db}_old.fresh ADD b VARCHAR(5) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci, RENAME TO {db}.fresh;
