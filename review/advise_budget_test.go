package review_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
)

// grownBefore are 200 tables of a shop that has grown: 20 areas with an order-like parent, its lines and what hangs on
// them, with comments in Japanese.
func grownBefore() string {
	var b strings.Builder
	b.WriteString(`CREATE TABLE members (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '会員ID',
  email VARCHAR(254) NOT NULL COMMENT 'メールアドレス',
  name VARCHAR(100) NOT NULL COMMENT '氏名',
  name_kana VARCHAR(100) NULL COMMENT '氏名(カナ)',
  rank_code VARCHAR(20) NOT NULL DEFAULT 'regular' COMMENT '会員ランク: regular, silver, gold',
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '作成日時',
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新日時',
  PRIMARY KEY (id),
  UNIQUE KEY uk_members_email (email)
) COMMENT = '会員';
`)
	for i := range 199 {
		fmt.Fprintf(&b, `CREATE TABLE %[1]s (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'ID',
  member_id BIGINT UNSIGNED NOT NULL COMMENT '会員ID',
  status VARCHAR(20) NOT NULL DEFAULT 'new' COMMENT '状態: new, done, cancelled',
  total DECIMAL(12, 2) NOT NULL COMMENT '合計金額(税込)',
  note VARCHAR(500) NULL COMMENT '備考',
  ordered_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '受付日時',
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '作成日時',
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新日時',
  PRIMARY KEY (id),
  KEY idx_%[1]s_member_id (member_id, ordered_at),
  CONSTRAINT fk_%[1]s_member FOREIGN KEY (member_id) REFERENCES members (id)
) COMMENT = '%[1]s';
`, grownTable(i))
	}
	return b.String()
}

func grownTable(i int) string {
	areas := []string{
		"order", "return", "refund", "shipment", "payment", "invoice", "coupon", "point", "review", "question",
		"basket", "wish", "gift", "subscription", "delivery", "claim", "campaign", "survey", "ticket", "reward",
	}
	parts := []string{"s", "_lines", "_events", "_addresses", "_notes", "_files", "_histories", "_requests", "_approvals", "_exports"}
	return areas[i%len(areas)] + parts[i/len(areas)]
}

// grownChange is a pull request of a hundred lines: new tables beside old ones, and changes of live ones.
const grownChange = `-- 定期便: members get the same things every month (SHOP-412)
CREATE TABLE subscription_plans (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'プランID',
  code VARCHAR(32) NOT NULL COMMENT 'プランコード',
  name VARCHAR(100) NOT NULL COMMENT '表示名',
  price DECIMAL(12, 2) NOT NULL COMMENT '月額(税込)',
  tax_rate DECIMAL(5, 4) NOT NULL COMMENT '税率',
  interval_months TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'お届け間隔(月)',
  is_published TINYINT(1) NOT NULL DEFAULT 0 COMMENT '公開中',
  starts_on DATE NOT NULL COMMENT '提供開始日',
  ends_on DATE NULL COMMENT '提供終了日',
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '作成日時',
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新日時',
  PRIMARY KEY (id),
  UNIQUE KEY uk_subscription_plans_code (code)
) COMMENT = '定期便プラン';

CREATE TABLE subscription_contracts (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '契約ID',
  member_id BIGINT UNSIGNED NOT NULL COMMENT '会員ID',
  plan_id BIGINT UNSIGNED NOT NULL COMMENT 'プランID',
  contract_number VARCHAR(20) NOT NULL COMMENT '契約番号',
  is_active TINYINT(1) NOT NULL DEFAULT 1 COMMENT '有効',
  is_paused TINYINT(1) NOT NULL DEFAULT 0 COMMENT '休止中',
  is_cancelled TINYINT(1) NOT NULL DEFAULT 0 COMMENT '解約済み',
  next_delivery_on DATE NULL COMMENT '次回お届け日',
  shipping_postal_code CHAR(7) NOT NULL COMMENT '郵便番号',
  shipping_address VARCHAR(300) NOT NULL COMMENT '住所',
  card_brand VARCHAR(20) NULL COMMENT 'カードブランド',
  card_last4 CHAR(4) NULL COMMENT 'カード下4桁',
  bank_code CHAR(4) NULL COMMENT '銀行コード',
  bank_account VARCHAR(20) NULL COMMENT '口座番号',
  cancelled_at DATETIME(3) NULL COMMENT '解約日時',
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '作成日時',
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新日時',
  PRIMARY KEY (id),
  KEY idx_subscription_contracts_member_id (member_id),
  KEY idx_subscription_contracts_plan_id (plan_id),
  CONSTRAINT fk_subscription_contracts_member FOREIGN KEY (member_id) REFERENCES members (id),
  CONSTRAINT fk_subscription_contracts_plan FOREIGN KEY (plan_id) REFERENCES subscription_plans (id)
) COMMENT = '定期便契約';

CREATE TABLE subscription_items (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '定期便明細ID',
  contract_id BIGINT UNSIGNED NOT NULL COMMENT '契約ID',
  product_codes VARCHAR(1000) NOT NULL COMMENT '商品コード(カンマ区切り)',
  options JSON NULL COMMENT 'オプション',
  quantity INT UNSIGNED NOT NULL DEFAULT 1 COMMENT '数量',
  weight DECIMAL(8, 2) NULL COMMENT '重さ',
  PRIMARY KEY (id),
  KEY idx_subscription_items_contract_id (contract_id),
  CONSTRAINT fk_subscription_items_contract FOREIGN KEY (contract_id) REFERENCES subscription_contracts (id) ON DELETE CASCADE
) COMMENT = '定期便明細';

CREATE TABLE subscription_delivery_logs (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'ログID',
  contract_id BIGINT UNSIGNED NOT NULL COMMENT '契約ID',
  order_id BIGINT UNSIGNED NULL COMMENT '注文ID',
  kind TINYINT UNSIGNED NOT NULL COMMENT '種別',
  recipient_name VARCHAR(100) NOT NULL COMMENT '受取人氏名',
  payload JSON NOT NULL COMMENT '送信内容',
  logged_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '記録日時',
  PRIMARY KEY (id),
  KEY idx_subscription_delivery_logs_contract_id (contract_id)
) COMMENT = '定期便お届けログ';

CREATE TABLE subscription_attributes (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT '属性ID',
  target_type VARCHAR(20) NOT NULL COMMENT '対象の種類',
  target_id BIGINT UNSIGNED NOT NULL COMMENT '対象のID',
  attribute_name VARCHAR(50) NOT NULL COMMENT '属性名',
  attribute_value VARCHAR(500) NULL COMMENT '属性値',
  PRIMARY KEY (id),
  KEY idx_subscription_attributes_target (target_type, target_id)
) COMMENT = '定期便属性';

CREATE TABLE subscription_plan_prices (
  plan_id BIGINT UNSIGNED NOT NULL COMMENT 'プランID',
  starts_on DATE NOT NULL COMMENT '適用開始日',
  ends_on DATE NULL COMMENT '適用終了日',
  price DECIMAL(12, 2) NOT NULL COMMENT '月額(税込)',
  currency CHAR(3) NOT NULL DEFAULT 'JPY' COMMENT '通貨',
  PRIMARY KEY (plan_id, starts_on),
  CONSTRAINT fk_subscription_plan_prices_plan FOREIGN KEY (plan_id) REFERENCES subscription_plans (id)
) COMMENT = '定期便プランの価格';

ALTER TABLE orders
  ADD COLUMN subscription_contract_id BIGINT UNSIGNED NULL COMMENT '定期便契約ID',
  ADD COLUMN delivered_count INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'お届け回数',
  ADD KEY idx_orders_subscription_contract_id (subscription_contract_id);

ALTER TABLE members
  ADD COLUMN subscription_consent TINYINT(1) NOT NULL DEFAULT 1 COMMENT '定期便のお知らせに同意',
  MODIFY COLUMN rank_code VARCHAR(20) NOT NULL DEFAULT 'regular' COMMENT '会員ランク: regular, silver, gold, platinum';

ALTER TABLE coupons
  ADD COLUMN for_subscription TINYINT(1) NOT NULL DEFAULT 0 COMMENT '定期便で使える',
  ADD COLUMN memo_1 VARCHAR(100) NULL COMMENT 'メモ1',
  ADD COLUMN memo_2 VARCHAR(100) NULL COMMENT 'メモ2',
  ADD COLUMN memo_3 VARCHAR(100) NULL COMMENT 'メモ3';
`

func grownSet() *review.ChangeSet {
	return &review.ChangeSet{
		History: []review.File{{Path: "db/V1__shop.sql", Data: []byte(grownBefore())}},
		Changed: []review.Changed{{Path: "db/V2__subscriptions.sql", Head: []byte(grownChange)}},
	}
}

// grownClaim is a claim about it that holds, with a correction.
func grownClaim() prompts.Claim {
	_, create, _ := strings.Cut(grownChange, "CREATE TABLE subscription_items")
	create, _, _ = strings.Cut(create, ";\n")
	return prompts.Claim{
		Guideline: "list-in-text", Statement: "S3", Object: "subscription_items.product_codes", Quote: "product_codes VARCHAR(1000)",
		Confidence: "high", Title: "A list of products in a text", Consequence: "No key holds the codes, and counting one reads all rows.",
		Advice: "Keep one row for each product.", SQL: "CREATE TABLE subscription_items" + strings.Replace(create, "VARCHAR(1000)", "VARCHAR(100)", 1),
	}
}

// TestPromptBudget: what is sent for a hundred lines on 200 tables, with 30 guidelines that speak to them, stays below
// 12,000 tokens. The estimate is some 15 % above what GPT's tokenizers (cl100k, o200k) count for this text.
func TestPromptBudget(t *testing.T) {
	t.Parallel()
	if n := strings.Count(grownChange, "\n"); n < 100 {
		t.Fatalf("the change set has %d lines", n)
	}
	r := &review.Reviewer{Rules: rules.All(), Prompts: library(t)}
	report, err := r.Review(t.Context(), grownSet(), nil)
	if err != nil || report.Coverage.Tables != 200 {
		t.Fatalf("%v: %d tables", err, report.Coverage.Tables)
	}
	all := asked(t, r, report, review.DefaultConfig(r.Rules))
	config := review.DefaultConfig(r.Rules)
	config.Guidelines = map[string]review.Severity{}
	for _, id := range all.Guidelines[30:] {
		config.Guidelines[id] = review.Off
	}
	q := asked(t, r, report, config)
	if len(q.Guidelines) != 30 || q.Tokens >= 12_000 {
		t.Errorf("the prompt has %d guidelines and about %d tokens", len(q.Guidelines), q.Tokens)
	}
	t.Logf("30 guidelines: about %d tokens; all %d: %d", q.Tokens, len(all.Guidelines), all.Tokens)
	if file := os.Getenv("TEST_PROMPT"); file != "" { // for a tokenizer to count
		if err := os.WriteFile(file, []byte(q.Prompt.System+q.Prompt.Stable+q.Prompt.Content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// asked is the one question about a change set.
func asked(t *testing.T, r *review.Reviewer, report *review.Report, c *review.Config) review.Question {
	t.Helper()
	questions, left := r.Questions(report, c, review.About{Title: "定期便", Description: "Members get the same things every month."})
	if len(questions) != 1 || len(left) > 0 {
		t.Fatalf("%d questions, %d left out", len(questions), len(left))
	}
	return questions[0]
}
