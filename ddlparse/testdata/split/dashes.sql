--DROP INDEX i ON t;
CREATE TABLE t (
  a int
  --, b int
);
SELECT 1--1;
SELECT 2
  - -1;
