-- 注文ごとの入金状況. Runs again whenever this file changes.
CREATE OR REPLACE VIEW order_totals AS
SELECT o.id AS order_id,
       o.customer_id,
       o.total,
       COALESCE(SUM(p.amount), 0) AS paid
FROM orders AS o
LEFT JOIN payments AS p ON p.order_id = o.id AND p.status = 'captured'
GROUP BY o.id, o.customer_id, o.total;
