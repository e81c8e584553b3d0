CREATE TABLE t (
  a int,
  delimiter varchar(1) NOT NULL,
  delimiter text
);
