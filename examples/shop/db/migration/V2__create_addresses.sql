-- お届け先: a customer may have several, and one of them is used first.
CREATE TABLE addresses (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'お届け先ID',
  customer_id BIGINT UNSIGNED NOT NULL COMMENT '会員ID',
  postal_code CHAR(7)         NOT NULL COMMENT '郵便番号(ハイフンなし)',
  prefecture  VARCHAR(10)     NOT NULL COMMENT '都道府県',
  city        VARCHAR(100)    NOT NULL COMMENT '市区町村',
  street      VARCHAR(255)    NOT NULL COMMENT '番地・建物名',
  phone       VARCHAR(20)     NOT NULL COMMENT '電話番号',
  is_default  BOOLEAN         NOT NULL DEFAULT FALSE COMMENT '既定のお届け先',
  PRIMARY KEY (id),
  KEY idx_addresses_customer_id (customer_id),
  CONSTRAINT fk_addresses_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = 'お届け先';
