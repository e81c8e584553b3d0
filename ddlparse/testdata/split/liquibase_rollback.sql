--liquibase formatted sql
--changeset a:1
DROP TABLE t;
--rollback CREATE TABLE t (
--rollback   a int
--rollback );
--changeset a:2
DROP TABLE u;
/* liquibase rollback
CREATE TABLE u (a int);
*/
--changeset a:3
SELECT 3;
--rollback SELECT 1
