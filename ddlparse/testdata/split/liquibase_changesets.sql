--liquibase formatted sql

--changeset alice:1 runOnChange:true
CREATE TABLE t (a int);
--rollback DROP TABLE t;

-- changeset "bob smith":2 dbms:mysql,mariadb runInTransaction:false
--comment a view
CREATE VIEW v AS SELECT 1;
--rollback empty

--changeset carol:3 dbms:postgresql
CREATE TABLE u (a serial);
--rollback DROP TABLE u;

--changeset dave:4 dbms:!mysql
SELECT 4;
--changeset erin:5 dbms:!oracle
SELECT 5;
--DROP TABLE x;
