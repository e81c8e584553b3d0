-- どこから注文されたか
ALTER TABLE orders
  ADD COLUMN channel VARCHAR(16) NOT NULL DEFAULT 'web' COMMENT '注文経路: web, app, phone' AFTER status;
