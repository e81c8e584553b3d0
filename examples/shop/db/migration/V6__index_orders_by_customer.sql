-- 注文履歴画面: the newest orders of a customer.
ALTER TABLE orders
  ADD INDEX idx_orders_customer_ordered (customer_id, ordered_at DESC);
