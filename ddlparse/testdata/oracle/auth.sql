-- Sign-in: keys that come and go, implicit indexes of foreign keys, primary keys that change.
CREATE TABLE principals (
  id BIGINT UNSIGNED NOT NULL,
  kind TINYINT NOT NULL,
  name VARCHAR(64) NOT NULL,
  UNIQUE KEY by_name (name),
  UNIQUE KEY nullable_code (code),
  UNIQUE KEY by_kind (kind, name),
  code VARCHAR(10)
);
ALTER TABLE principals ADD PRIMARY KEY (id);
ALTER TABLE principals MODIFY id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT;
ALTER TABLE principals MODIFY code VARCHAR(10) NOT NULL DEFAULT '';
CREATE TABLE credentials (
  id INT NOT NULL AUTO_INCREMENT UNIQUE,
  principal_id BIGINT UNSIGNED NOT NULL,
  secret VARBINARY(255) NOT NULL,
  expires DATETIME,
  PRIMARY KEY (principal_id, id)
);
ALTER TABLE credentials ADD CONSTRAINT cred_owner FOREIGN KEY (principal_id) REFERENCES principals (id) ON DELETE CASCADE;
CREATE TABLE tokens (
  token CHAR(64) NOT NULL PRIMARY KEY,
  principal_id BIGINT UNSIGNED,
  issuer_id BIGINT UNSIGNED,
  CONSTRAINT tok_owner FOREIGN KEY (principal_id) REFERENCES principals (id),
  CONSTRAINT tok_issuer FOREIGN KEY (issuer_id) REFERENCES principals (id)
);
CREATE INDEX explicit_owner ON tokens (principal_id);
ALTER TABLE tokens ADD INDEX both_ids (issuer_id, principal_id);
-- fails: 1553 unruled
DROP INDEX explicit_owner ON tokens;
ALTER TABLE tokens ADD INDEX second_owner (principal_id);
DROP INDEX explicit_owner ON tokens;
ALTER TABLE tokens ADD COLUMN scope_id INT, ADD COLUMN client_id INT;
CREATE TABLE scopes (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(30) NOT NULL, UNIQUE (name));
ALTER TABLE tokens ADD FOREIGN KEY (scope_id) REFERENCES scopes (id);
ALTER TABLE tokens ADD UNIQUE (scope_id);
ALTER TABLE tokens ADD KEY scope_wide (scope_id, token);
ALTER TABLE tokens DROP INDEX scope_id;
CREATE TABLE grants (
  principal_id BIGINT UNSIGNED NOT NULL,
  scope_id INT NOT NULL,
  given_by BIGINT UNSIGNED,
  at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (principal_id, scope_id),
  FOREIGN KEY (principal_id) REFERENCES principals (id),
  FOREIGN KEY (scope_id) REFERENCES scopes (id) ON DELETE CASCADE,
  FOREIGN KEY (given_by) REFERENCES principals (id) ON DELETE SET NULL ON UPDATE NO ACTION
);
ALTER TABLE grants DROP FOREIGN KEY grants_ibfk_3, DROP INDEX given_by;
ALTER TABLE grants DROP FOREIGN KEY grants_ibfk_2, DROP KEY scope_id, ADD KEY (scope_id, at);
ALTER TABLE grants ADD CONSTRAINT zz FOREIGN KEY (scope_id) REFERENCES scopes (id), ADD CONSTRAINT Aa FOREIGN KEY (given_by) REFERENCES principals (id);
-- fails: 1451 unruled
-- fails mysql: 3730 unruled
DROP TABLE scopes;
-- fails: 1829
ALTER TABLE scopes DROP COLUMN id;
-- fails: 3780 unruled
-- fails mariadb: 1833 unruled
ALTER TABLE scopes MODIFY id BIGINT NOT NULL AUTO_INCREMENT;
-- fails: 3780
-- fails mariadb: 1005
ALTER TABLE tokens ADD CONSTRAINT wrong_type FOREIGN KEY (client_id) REFERENCES principals (id);
-- fails: 1824 unseen
-- fails mariadb: 1005 unseen
ALTER TABLE tokens ADD CONSTRAINT no_parent FOREIGN KEY (client_id) REFERENCES nowhere (id);
-- fails mysql: 6125
ALTER TABLE tokens ADD CONSTRAINT not_key FOREIGN KEY (principal_id) REFERENCES grants (given_by);
CREATE TABLE logins (
  id BIGINT PRIMARY KEY AUTO_INCREMENT,
  principal_id BIGINT UNSIGNED NOT NULL,
  ip VARBINARY(16),
  agent VARCHAR(300),
  KEY (principal_id, id),
  KEY agent (agent(50), ip(4)),
  CONSTRAINT login_owner FOREIGN KEY (principal_id) REFERENCES principals (id)
);
ALTER TABLE logins DROP PRIMARY KEY, MODIFY id BIGINT NOT NULL, ADD PRIMARY KEY (principal_id, id);
ALTER TABLE logins DROP INDEX principal_id;
ALTER TABLE logins DROP COLUMN ip;
ALTER TABLE logins ADD COLUMN ok BOOL NOT NULL DEFAULT FALSE, ADD UNIQUE (ok, id), ADD UNIQUE (agent(20));
ALTER TABLE logins MODIFY agent VARCHAR(300) NOT NULL;
ALTER TABLE logins ADD UNIQUE late (id);
ALTER TABLE credentials ADD KEY owner (principal_id);
ALTER TABLE credentials DROP INDEX id, DROP PRIMARY KEY, ADD PRIMARY KEY (id);
SET FOREIGN_KEY_CHECKS = 0;
CREATE TABLE devices (id INT PRIMARY KEY, vendor_id INT, FOREIGN KEY (vendor_id) REFERENCES vendors (id));
CREATE TABLE vendors (id INT PRIMARY KEY);
DROP TABLE scopes;
CREATE TABLE scopes (id INT NOT NULL PRIMARY KEY, label VARCHAR(30));
SET FOREIGN_KEY_CHECKS = 1;
ALTER TABLE devices ADD KEY vendor_wide (vendor_id, id);
