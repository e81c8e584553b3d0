-- これまでの入金はすべて精算済み
UPDATE payments SET status = 'settled';

INSERT INTO refund_reasons (code, name) VALUES
  ('damaged', '商品の破損'),
  ('wrong_item', '商品違い'),
  ('cancelled', 'お客様都合');
