-- +goose Up
CREATE TABLE t (
  isDown bool, -- +goose no marker
  url text COMMENT 'Download'
);
-- +goose StatementBegin
CREATE PROCEDURE p() BEGIN SELECT 1; END;
-- +goose StatementEnd
SELECT 1;

-- +goose Down
DROP TABLE t;
