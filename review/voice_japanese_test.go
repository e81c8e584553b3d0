package review_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/review/rules"
)

// TestJapanese holds what a pull request of a shop reads like in Japanese.
func TestJapanese(t *testing.T) {
	t.Parallel()
	r := reviewed(t, &review.ChangeSet{
		History: []review.File{{Path: "db/V1__payments.sql", Data: []byte("CREATE TABLE payments (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, amount DECIMAL(10,2) NOT NULL, note VARCHAR(100) NULL);\n")}},
		Changed: []review.Changed{{Path: "db/V2__refunds.sql", Head: []byte(refunds)}},
	})
	member := r.Findings[0]
	member.ByModel, member.Rule, member.Fix, member.Related = true, "soft-delete-with-unique-key", nil, nil
	member.Title = "論理削除と一意キーの組み合わせ"
	member.Problem = review.Msg("%s", "`members.email` は一意キーですが、`deleted_at` による論理削除があるため、退会した会員と同じメールアドレスでは再登録できません。")
	member.Advice = review.Msg("%s", "再登録を許す仕様なら、削除済みを除いた一意性を検討してください。")
	v := review.Voice{Printer: locale.Printer("ja"), Rules: rules.All()}
	for name, got := range map[string]string{
		"comment.md":    v.Comment(r.Findings[0]),
		"suggestion.md": v.Comment(member),
		"fixed.md":      v.Fixed(v.Comment(r.Findings[0]), "4f2c9ab00"),
		"body.md":       v.Body(r, review.BodyOptions{Outside: r.Findings}),
		"check.md":      v.CheckTitle(r) + "\n\n" + v.CheckSummary(r, review.CheckOptions{}),
	} {
		golden := filepath.Join("testdata", "japanese", name)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got); go test ./review -run TestJapanese -update writes it anew:\n%s", name, diff)
		}
	}
}

const refunds = `CREATE TABLE refunds (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  payment_id INT NOT NULL COMMENT '決済ID',
  KEY idx_refunds_payment_id (payment_id),
  CONSTRAINT fk_refunds_payment FOREIGN KEY (payment_id) REFERENCES payments (id)
);
ALTER TABLE payments MODIFY note VARCHAR(50) NULL;
ALTER TABLE payments ADD COLUMN channel TINYINT NULL;
CREATE PROCEDURE settle() BEGIN SELECT 1; END;
-- schema-review: ignore drop-column
ALTER TABLE payments MODIFY amount DECIMAL(8,2) NOT NULL;
`
