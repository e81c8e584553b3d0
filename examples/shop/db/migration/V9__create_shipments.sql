-- 出荷: an order may leave in several parcels.
CREATE TABLE shipments (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '出荷ID',
  order_id        BIGINT UNSIGNED NOT NULL COMMENT '注文ID',
  carrier         ENUM('yamato', 'sagawa', 'japan_post') NOT NULL COMMENT '配送会社',
  tracking_number VARCHAR(40)         NULL COMMENT '送り状番号',
  shipped_at      DATETIME(3)         NULL COMMENT '出荷日時',
  delivered_at    DATETIME(3)         NULL COMMENT '配達日時',
  PRIMARY KEY (id),
  KEY idx_shipments_order_id (order_id),
  KEY idx_shipments_tracking_number (tracking_number),
  CONSTRAINT fk_shipments_order FOREIGN KEY (order_id) REFERENCES orders (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '出荷';
