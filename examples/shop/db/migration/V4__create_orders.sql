-- 注文と注文明細. Prices are copied: a later change of a product must not touch old orders.
CREATE TABLE orders (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '注文ID',
  customer_id BIGINT UNSIGNED NOT NULL COMMENT '会員ID',
  address_id  BIGINT UNSIGNED NOT NULL COMMENT 'お届け先ID',
  status      VARCHAR(20)     NOT NULL DEFAULT 'pending' COMMENT '注文状態: pending, paid, shipped, cancelled',
  total       DECIMAL(12, 2)  NOT NULL COMMENT '合計金額(税込)',
  ordered_at  DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '注文日時',
  PRIMARY KEY (id),
  KEY idx_orders_address_id (address_id),
  CONSTRAINT fk_orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id),
  CONSTRAINT fk_orders_address FOREIGN KEY (address_id) REFERENCES addresses (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '注文';

CREATE TABLE order_items (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '注文明細ID',
  order_id   BIGINT UNSIGNED NOT NULL COMMENT '注文ID',
  product_id BIGINT UNSIGNED NOT NULL COMMENT '商品ID',
  quantity   INT UNSIGNED    NOT NULL DEFAULT 1 COMMENT '数量',
  unit_price DECIMAL(12, 2)  NOT NULL COMMENT '単価(税込)',
  PRIMARY KEY (id),
  UNIQUE KEY uq_order_items_order_product (order_id, product_id),
  KEY idx_order_items_product_id (product_id),
  CONSTRAINT fk_order_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  CONSTRAINT fk_order_items_product FOREIGN KEY (product_id) REFERENCES products (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '注文明細';
