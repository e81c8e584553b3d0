source step_01.sql;
\. step_02.sql
use shop
SELECT 1\G
SELECT 2 \g
\! ls
system ls -l; rm x
prompt a>
\connect shop
USE `other`;
use third

CREATE TABLE source (source int);
