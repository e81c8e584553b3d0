--liquibase formatted sql
--changeset a:1 endDelimiter:\nGO
SELECT 1 AS category
GO
SELECT 2
GO
--rollback SELECT 3
