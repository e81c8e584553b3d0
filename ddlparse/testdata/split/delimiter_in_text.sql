DELIMITER $$
SELECT '$$', `a$$b` /* $$ */ $$
DELIMITER ;
SELECT ';', `;` /* ; */;
