-- engine: mariadb 10.11
/*M!999999\- enable the sandbox mode */
/*!80000 SET @a = 1 */;
/*M!100301 SET @a = 2 */;
/*!100301 SET @a = 3 */;
