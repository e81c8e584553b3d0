-- 商品レビュー
CREATE TABLE product_reviews (
  id          BIGINT UNSIGNED  NOT NULL AUTO_INCREMENT COMMENT 'レビューID',
  product_id  BIGINT UNSIGNED  NOT NULL COMMENT '商品ID',
  customer_id BIGINT UNSIGNED  NOT NULL COMMENT '会員ID',
  rating      TINYINT UNSIGNED NOT NULL COMMENT '評価(1〜5)',
  title       VARCHAR(120)     NOT NULL COMMENT '題名',
  body        TEXT             NOT NULL COMMENT '本文',
  posted_at   DATETIME(3)      NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '投稿日時',
  PRIMARY KEY (id),
  UNIQUE KEY uq_product_reviews_product_customer (product_id, customer_id),
  KEY idx_product_reviews_customer_id (customer_id),
  CONSTRAINT fk_product_reviews_product FOREIGN KEY (product_id) REFERENCES products (id),
  CONSTRAINT fk_product_reviews_customer FOREIGN KEY (customer_id) REFERENCES customers (id),
  CONSTRAINT chk_product_reviews_rating CHECK (rating BETWEEN 1 AND 5)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '商品レビュー';
