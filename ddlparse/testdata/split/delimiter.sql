-- a
CREATE TABLE t (a int); -- behind
DELIMITER $$
CREATE PROCEDURE p()
BEGIN
  SELECT 1; # x
END$$
SELECT 2; SELECT 3$$
delimiter ;
source f.sql;
use shop
/*!80000 SET @a = 1 */;
/*!99999 SET @a = 1 */;
