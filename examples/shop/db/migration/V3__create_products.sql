-- 商品とカテゴリー
CREATE TABLE categories (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'カテゴリーID',
  parent_id  BIGINT UNSIGNED     NULL COMMENT '親カテゴリーID',
  name       VARCHAR(100)    NOT NULL COMMENT 'カテゴリー名',
  sort_order INT             NOT NULL DEFAULT 0 COMMENT '表示順',
  PRIMARY KEY (id),
  KEY idx_categories_parent_id (parent_id),
  CONSTRAINT fk_categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '商品カテゴリー';

CREATE TABLE products (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '商品ID',
  category_id BIGINT UNSIGNED NOT NULL COMMENT 'カテゴリーID',
  sku         VARCHAR(40)     NOT NULL COMMENT '商品番号',
  name        VARCHAR(200)    NOT NULL COMMENT '商品名',
  description TEXT                NULL COMMENT '商品説明',
  price       DECIMAL(12, 2)  NOT NULL COMMENT '販売価格(税込)',
  stock       INT             NOT NULL DEFAULT 0 COMMENT '在庫数',
  created_at  DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '作成日時',
  PRIMARY KEY (id),
  UNIQUE KEY uq_products_sku (sku),
  KEY idx_products_category_id (category_id),
  CONSTRAINT fk_products_category FOREIGN KEY (category_id) REFERENCES categories (id),
  CONSTRAINT chk_products_price CHECK (price >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci COMMENT = '商品';
