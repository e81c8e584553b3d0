-- 精算: what the payment company has paid out to us (SHOP-211).
ALTER TABLE payments
  ADD COLUMN settlement_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '精算ID',
  ADD COLUMN settled_at DATETIME(3) NULL COMMENT '精算日時',
  ADD INDEX idx_payments_order (order_id),
  ADD INDEX idx_payments_settled_at (settled_at);

-- 決済状態に settled を追加: the longest name gets longer.
ALTER TABLE payments
  MODIFY COLUMN status VARCHAR(32) NOT NULL;

-- 試行回数は 3 回まで
ALTER TABLE payments
  MODIFY COLUMN attempts TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '試行回数';

-- 英語名が入りきらない
ALTER TABLE customers
  MODIFY COLUMN name VARCHAR(150) NOT NULL COMMENT '氏名';
