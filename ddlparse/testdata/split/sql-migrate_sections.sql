-- +migrate Up notransaction
CREATE TABLE t (down int, upload text);
-- +migrate StatementBegin
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; END;
-- +migrate StatementEnd
-- +migrate Down
DROP TABLE t;
