-- migrate:up transaction:false
CREATE TABLE t (download_count int);

-- migrate:down
DROP TABLE t;
