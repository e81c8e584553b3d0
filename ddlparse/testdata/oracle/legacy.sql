-- A latin1 application that moves to utf8mb4, dumped and changed by many tools.
SET NAMES utf8mb4;
ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci;
CREATE TABLE `tbl_member` (
  `mem_id` int(10) unsigned NOT NULL auto_increment,
  `login` varchar(32) NOT NULL default '',
  `pass` varchar(64) collate latin1_bin NOT NULL default '',
  `regdate` timestamp NOT NULL default CURRENT_TIMESTAMP on update CURRENT_TIMESTAMP,
  `lastdate` timestamp NULL default NULL,
  `sex` enum('m','f') default NULL,
  `active` tinyint(1) NOT NULL default '1',
  `balance` float(10,2) default '0.00',
  `memo` text,
  PRIMARY KEY  (`mem_id`),
  UNIQUE KEY `login` (`login`),
  KEY `regdate` (`regdate`),
  KEY `memo` (`memo`(100))
) ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=latin1;
CREATE TABLE tbl_group (grp_id int not null primary key auto_increment, nm varchar(255) unique) ;
CREATE TABLE tbl_member_group (mem_id int unsigned not null, grp_id int not null, primary key using btree (mem_id, grp_id), key grp_id (grp_id) using btree, foreign key (mem_id) references tbl_member (mem_id), constraint `fk-group` foreign key (grp_id) references tbl_group (grp_id) on update restrict);
ALTER TABLE tbl_member ADD mail VARCHAR(255) CHARACTER SET utf8mb3 AFTER login, ADD KEY (mail(100));
ALTER TABLE tbl_member ADD UNIQUE INDEX mail_u USING BTREE (mail(50)) COMMENT 'first half';
ALTER TABLE tbl_group CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
ALTER TABLE tbl_member DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
ALTER TABLE tbl_member ADD COLUMN furigana VARCHAR(50), MODIFY login VARCHAR(64) NOT NULL;
ALTER TABLE tbl_member MODIFY memo TEXT CHARACTER SET latin1;
ALTER TABLE tbl_member CHANGE sex gender CHAR(1) NULL, CHANGE lastdate last_seen DATETIME NULL;
ALTER TABLE tbl_member CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci, DROP KEY memo;
ALTER TABLE tbl_member CONVERT TO CHARACTER SET latin1, ADD COLUMN after_convert VARCHAR(4), DEFAULT CHARSET latin1;
CREATE TABLE tbl_log (id int unsigned not null auto_increment, `when` datetime not null, who int unsigned default null, what varchar(100) default null, index (`when`), key (id), unique `who_when` (who, `when`)) ENGINE = InnoDB, COMMENT 'log', ROW_FORMAT = compact;
ALTER TABLE tbl_log DROP INDEX id, ADD PRIMARY KEY (id), ADD INDEX (who);
ALTER TABLE tbl_log ADD CONSTRAINT who_fk FOREIGN KEY (who) REFERENCES tbl_member (mem_id) ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE tbl_log DROP FOREIGN KEY who_fk, DROP INDEX who;
ALTER TABLE tbl_log CHARACTER SET = utf8mb4, COLLATE = utf8mb4_bin;
ALTER TABLE tbl_log ADD extra VARCHAR(10), ADD extra2 VARCHAR(10) COLLATE utf8mb4_general_ci, ADD extra3 TEXT CHARACTER SET utf8mb4;
CREATE TABLE tbl_conf (k varchar(50) binary not null, v varchar(200) character set latin1 collate latin1_general_ci, n int(3) zerofill, primary key (k)) character set utf8mb4;
ALTER TABLE tbl_conf ADD COLUMN t1 TIMESTAMP, ADD COLUMN t2 TIMESTAMP, ADD COLUMN t3 TIMESTAMP NULL DEFAULT '2020-01-01 00:00:00';
CREATE TABLE tbl_unique_first (a int, b int not null, c int not null, d varchar(10) not null, unique ua (a), unique ub (b), unique uc (c), unique ud (d(4)), key kd (d), primary key (b, c));
ALTER TABLE tbl_unique_first MODIFY a int not null;
ALTER TABLE tbl_unique_first ADD UNIQUE ue (a, b), DROP INDEX ub, ADD e int, ADD UNIQUE uf (e);
ALTER TABLE tbl_unique_first DROP PRIMARY KEY;
ALTER TABLE tbl_unique_first MODIFY b int null, ADD KEY kb (b), ADD UNIQUE u_last (c, d);
ALTER TABLE tbl_unique_first MODIFY e bigint;
RENAME TABLE tbl_member TO member, tbl_group TO `group`, tbl_log TO log;
ALTER TABLE member ADD COLUMN group_id int, ADD CONSTRAINT member_group FOREIGN KEY (group_id) REFERENCES `group` (grp_id);
ALTER TABLE tbl_member_group DROP FOREIGN KEY `fk-group`;
ALTER TABLE tbl_member_group ADD FOREIGN KEY (grp_id) REFERENCES `group` (grp_id);
RENAME TABLE tbl_member_group TO member_groups;
ALTER TABLE member_groups ADD FOREIGN KEY (grp_id) REFERENCES `group` (grp_id) ON DELETE CASCADE;
ALTER TABLE member ALTER COLUMN active SET DEFAULT 0, ALTER COLUMN balance DROP DEFAULT, ALTER COLUMN login SET DEFAULT 'guest';
ALTER TABLE member DROP COLUMN mail;
-- fails: 1553 unruled
ALTER TABLE member DROP INDEX member_group;
-- fails: 1091
ALTER TABLE member DROP INDEX mail;
