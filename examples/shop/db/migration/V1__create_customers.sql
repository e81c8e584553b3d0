-- 会員: people who have registered. Guests get a row too, with registered = FALSE.
CREATE TABLE customers (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '会員ID',
  email      VARCHAR(255)    NOT NULL COMMENT 'メールアドレス',
  name       VARCHAR(100)    NOT NULL COMMENT '氏名',
  name_kana  VARCHAR(100)        NULL COMMENT '氏名(カナ)',
  registered BOOLEAN         NOT NULL DEFAULT TRUE COMMENT '会員登録済み',
  created_at DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '作成日時',
  updated_at DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新日時',
  PRIMARY KEY (id),
  UNIQUE KEY uq_customers_email (email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '会員';
