-- Rooms and messages: views, triggers and routines around the tables.
CREATE TABLE rooms (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL, topic VARCHAR(200), messages INT NOT NULL DEFAULT 0);
CREATE TABLE messages (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  room_id INT NOT NULL,
  body TEXT NOT NULL,
  sent DATETIME DEFAULT CURRENT_TIMESTAMP,
  INDEX USING BTREE (room_id, sent),
  CONSTRAINT msg_room FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE audit (id BIGINT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(100), at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TRIGGER count_messages AFTER INSERT ON messages FOR EACH ROW UPDATE rooms SET messages = messages + 1 WHERE id = NEW.room_id;
DELIMITER //
CREATE TRIGGER log_rooms BEFORE UPDATE ON rooms FOR EACH ROW
BEGIN
  -- names only
  IF NEW.name <> OLD.name THEN
    INSERT INTO audit (what) VALUES (CONCAT('renamed; ', OLD.name));
  END IF;
END//
CREATE PROCEDURE purge_old(IN days INT)
BEGIN
  DECLARE cutoff DATETIME;
  SET cutoff = NOW() - INTERVAL days DAY;
  DELETE FROM messages WHERE sent < cutoff;
END//
CREATE FUNCTION shout(s VARCHAR(100)) RETURNS VARCHAR(100) DETERMINISTIC
BEGIN
  RETURN CONCAT(UPPER(s), '!');
END//
DELIMITER ;
CREATE VIEW latest AS SELECT room_id, MAX(sent) AS sent FROM messages GROUP BY room_id;
CREATE VIEW room_names (number, title) AS SELECT id, name FROM rooms;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW quiet AS SELECT r.id, r.name FROM rooms r WHERE r.messages = 0;
ALTER VIEW latest AS SELECT room_id, MAX(id) AS id FROM messages GROUP BY room_id;
DROP TRIGGER count_messages;
CREATE TRIGGER IF NOT EXISTS log_rooms BEFORE UPDATE ON rooms FOR EACH ROW SET NEW.topic = NEW.topic;
DROP TRIGGER IF EXISTS never_there;
-- fails: 1360 unseen
DROP TRIGGER never_there;
-- fails: 1359 unruled
CREATE TRIGGER log_rooms AFTER DELETE ON rooms FOR EACH ROW SET @x = 1;
-- fails: 1304 unruled
CREATE FUNCTION shout(s INT) RETURNS INT DETERMINISTIC RETURN s;
DROP FUNCTION shout;
DROP PROCEDURE IF EXISTS purge_old;
-- fails: 1305 unruled
DROP PROCEDURE purge_old;
CREATE TRIGGER sent_default BEFORE INSERT ON messages FOR EACH ROW SET NEW.sent = COALESCE(NEW.sent, NOW());
CREATE TABLE members (room_id INT NOT NULL, user_id BIGINT UNSIGNED NOT NULL, joined DATETIME(3), PRIMARY KEY (room_id, user_id), KEY (user_id));
ALTER TABLE members ADD CONSTRAINT FOREIGN KEY (room_id) REFERENCES rooms (id);
ALTER TABLE members ADD COLUMN role VARCHAR(10) DEFAULT 'guest', ADD INDEX role_first (role, room_id) COMMENT 'who leads';
RENAME TABLE members TO participants;
CREATE TRIGGER on_join AFTER INSERT ON participants FOR EACH ROW INSERT INTO audit (what) VALUES ('joined');
ALTER TABLE participants RENAME TO members;
DROP VIEW quiet;
-- fails: 1050
CREATE VIEW latest AS SELECT 1 AS x;
-- fails: 1050
CREATE TABLE latest (id INT);
-- fails: 1347 unruled
ALTER TABLE latest ADD COLUMN x INT;
-- fails: 1050
CREATE VIEW rooms AS SELECT 1 AS x;
RENAME TABLE room_names TO room_titles;
CREATE TABLE attachments (id INT PRIMARY KEY, message_id BIGINT REFERENCES messages (id), bytes LONGBLOB, CONSTRAINT att_msg FOREIGN KEY (message_id) REFERENCES messages (id));
CREATE TRIGGER att AFTER DELETE ON attachments FOR EACH ROW INSERT INTO audit (what) VALUES ('attachment');
DROP TABLE attachments;
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM audit WHERE at < NOW() - INTERVAL 30 DAY;
DROP EVENT nightly;
DROP VIEW latest, room_titles;
ALTER TABLE messages ADD COLUMN edited DATETIME NULL ON UPDATE CURRENT_TIMESTAMP AFTER sent;
