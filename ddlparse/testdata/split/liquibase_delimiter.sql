--liquibase formatted sql
--changeset a:1 endDelimiter:// splitStatements:true
CREATE PROCEDURE p()
BEGIN
  SELECT 1;
END//
SELECT 2//
--rollback DROP PROCEDURE p//
--changeset a:2 splitStatements:false
CREATE PROCEDURE q() BEGIN SELECT 1; END
--changeset a:3 endDelimiter:\n/
SELECT 3
/
SELECT 4
/
