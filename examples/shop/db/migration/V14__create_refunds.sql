-- 返金: a payment can be given back in parts (SHOP-207).
CREATE TABLE refunds (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '返金ID',
  payment_id  INT NOT NULL COMMENT '決済ID',
  amount      DECIMAL(12, 2)  NOT NULL COMMENT '返金額',
  reason      VARCHAR(500)    NOT NULL COMMENT '返金理由',
  note        VARCHAR(500)        NULL COMMENT '社内メモ',
  refunded_at DATETIME        NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT '返金日時',
  PRIMARY KEY (id),
  KEY idx_refunds_payment_id (payment_id),
  KEY idx_refunds_search (reason, note),
  CONSTRAINT fk_refunds_payment FOREIGN KEY (payment_id) REFERENCES payments (id),
  CONSTRAINT chk_refunds_amount CHECK (amount > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '返金';

-- 返金理由の選択肢
CREATE TABLE refund_reasons (
  id   BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '返金理由ID',
  code VARCHAR(32)     NOT NULL COMMENT '理由コード',
  name VARCHAR(100)    NOT NULL COMMENT '表示名',
  PRIMARY KEY (id),
  UNIQUE KEY uq_refund_reasons_code (code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '返金理由';
