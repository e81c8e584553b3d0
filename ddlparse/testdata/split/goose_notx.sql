-- +goose NO TRANSACTION
--  +goose   up
CREATE TABLE t (a int);
--+goose down
DROP TABLE t;
