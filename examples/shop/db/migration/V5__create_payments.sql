-- 決済: one row for each try to pay. The provider's own number is what support asks for.
CREATE TABLE payments (
  id                 BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '決済ID',
  order_id           BIGINT UNSIGNED NOT NULL COMMENT '注文ID',
  provider           VARCHAR(20)     NOT NULL COMMENT '決済会社',
  provider_reference VARCHAR(128)    NOT NULL COMMENT '決済会社の取引番号',
  amount             DECIMAL(12, 2)  NOT NULL COMMENT '決済金額',
  status             VARCHAR(20)     NOT NULL DEFAULT 'authorized' COMMENT '決済状態: authorized, captured, failed',
  attempts           INT UNSIGNED    NOT NULL DEFAULT 1 COMMENT '試行回数',
  paid_at            DATETIME(3)         NULL COMMENT '入金日時',
  PRIMARY KEY (id),
  KEY idx_payments_order_id (order_id),
  CONSTRAINT fk_payments_order FOREIGN KEY (order_id) REFERENCES orders (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '決済';
