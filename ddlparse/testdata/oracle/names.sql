-- Mixed case: tables are compared with case here, columns and keys without.
CREATE TABLE Customer (Id INT NOT NULL AUTO_INCREMENT, FullName VARCHAR(100) NOT NULL, EMail VARCHAR(190), PRIMARY KEY (ID), KEY idx_Name (fullname), UNIQUE Key_Mail (email));
CREATE TABLE customer (id INT PRIMARY KEY);
-- fails: 1050
CREATE TABLE Customer (x INT);
-- fails: 1146 unseen
ALTER TABLE CUSTOMER ADD x INT;
-- fails: 1060
ALTER TABLE Customer ADD ID INT;
-- fails: 1061
ALTER TABLE Customer ADD KEY IDX_NAME (Id);
ALTER TABLE Customer MODIFY FULLNAME VARCHAR(120) NOT NULL;
ALTER TABLE Customer CHANGE fullname fullName VARCHAR(130);
ALTER TABLE Customer RENAME COLUMN email TO Email;
ALTER TABLE Customer RENAME INDEX IDX_name TO Idx_name;
ALTER TABLE Customer ADD Parent INT, ADD CONSTRAINT FK_Parent FOREIGN KEY (PARENT) REFERENCES Customer (ID);
CREATE TABLE OrderItem (ItemId INT PRIMARY KEY, CustomerId INT, Qty INT DEFAULT 1, CHECK (qty > 0), FOREIGN KEY (customerid) REFERENCES Customer (id));
ALTER TABLE OrderItem ADD INDEX (QTY), ADD INDEX (qty, ItemID);
ALTER TABLE OrderItem ADD CONSTRAINT b_check CHECK (ITEMID > 1), ADD CONSTRAINT A_check CHECK (ItemId > 2), ADD CONSTRAINT C_Check CHECK (itemid > 3);
ALTER TABLE OrderItem ADD OtherId INT, ADD CONSTRAINT z_fk FOREIGN KEY (otherid) REFERENCES Customer (Id), ADD CONSTRAINT B_fk FOREIGN KEY (otherid) REFERENCES customer (Id);
ALTER TABLE OrderItem ADD FOREIGN KEY (CUSTOMERID) REFERENCES Customer (Id);
ALTER TABLE OrderItem DROP FOREIGN KEY Z_FK;
ALTER TABLE OrderItem ADD KEY customerid_too (CustomerID, OTHERID);
RENAME TABLE OrderItem TO orderitem;
ALTER TABLE orderitem ADD FOREIGN KEY (OtherId) REFERENCES customer (id);
RENAME TABLE orderitem TO OrderItems;
ALTER TABLE OrderItems ADD CHECK (Qty < 1000);
ALTER TABLE Customer ADD UpperName VARCHAR(130) AS (UPPER(FULLNAME)) VIRTUAL;
CREATE VIEW CustomerView AS SELECT Id, EMAIL FROM Customer;
CREATE VIEW customerview AS SELECT 1 AS One;
CREATE TRIGGER Trg_Customer BEFORE INSERT ON Customer FOR EACH ROW SET NEW.email = LOWER(NEW.email);
-- fails: 1091
ALTER TABLE Customer DROP COLUMN nick;
ALTER TABLE Customer DROP COLUMN EMAIL, ADD Mail VARCHAR(10) AFTER ID;
ALTER TABLE Customer DROP INDEX idx_NAME, ADD KEY (FULLNAME), ADD KEY (fullname);
-- fails: 1051 unseen
DROP TABLE customer_none, Customer_none;
DROP VIEW customerview;
ALTER TABLE OrderItems DROP CONSTRAINT A_CHECK, CHANGE ItemId ITEMID BIGINT;
CREATE TABLE `Sp ace` (`Col Name` INT, `col.name` INT, PRIMARY KEY (`col name`), KEY `Key.1` (`COL.NAME`));
ALTER TABLE `Sp ace` RENAME `sp.ace`;
CREATE TABLE T1 LIKE Customer;
CREATE TABLE t1 LIKE OrderItems;
ALTER TABLE t1 ADD FOREIGN KEY (customerid) REFERENCES Customer (id);
