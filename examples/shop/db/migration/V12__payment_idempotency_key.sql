-- A customer who presses the button twice pays once.
-- NULL for payments from before this migration; MySQL allows any number of them in the key.
ALTER TABLE payments
  ADD COLUMN idempotency_key CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT '冪等キー',
  ADD UNIQUE KEY uq_payments_idempotency_key (idempotency_key);
