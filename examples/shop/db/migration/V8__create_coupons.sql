-- クーポン: a code gives an amount or a rate, never both.
CREATE TABLE coupons (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'クーポンID',
  code       VARCHAR(32)     NOT NULL COMMENT 'クーポンコード',
  amount_off DECIMAL(12, 2)      NULL COMMENT '割引額',
  rate_off   DECIMAL(5, 4)       NULL COMMENT '割引率',
  starts_at  DATETIME        NOT NULL COMMENT '利用開始日時',
  ends_at    DATETIME            NULL COMMENT '利用終了日時',
  PRIMARY KEY (id),
  UNIQUE KEY uq_coupons_code (code),
  CONSTRAINT chk_coupons_kind CHECK ((amount_off IS NULL) <> (rate_off IS NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = 'クーポン';

CREATE TABLE order_coupons (
  order_id  BIGINT UNSIGNED NOT NULL COMMENT '注文ID',
  coupon_id BIGINT UNSIGNED NOT NULL COMMENT 'クーポンID',
  PRIMARY KEY (order_id, coupon_id),
  KEY idx_order_coupons_coupon_id (coupon_id),
  CONSTRAINT fk_order_coupons_order FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT fk_order_coupons_coupon FOREIGN KEY (coupon_id) REFERENCES coupons (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '注文で使われたクーポン';
