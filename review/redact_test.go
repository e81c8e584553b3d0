package review

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
)

// redacted is what a model would see of SQL.
func redacted(sql string) string {
	m := parseSQL(sql)
	r := newRedactor(ddlparse.DefaultEngine())
	var out []string
	for _, s := range m.Statements {
		out = append(out, r.statement(s))
	}
	return strings.Join(out, "\n")
}

func parseSQL(sql string) *ddlparse.Migration {
	src := &ddlparse.Source{Path: "V1__x.sql", Text: sql}
	return ddlparse.Parse(src, ddlparse.Located{Path: src.Path, Tool: ddlparse.PlainSQL, Role: ddlparse.Versioned}, ddlparse.ParseOptions{Engine: ddlparse.DefaultEngine(), Check: true})[0]
}

func TestRedact(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ sql, want string }{
		"members and plain defaults stay": {
			"CREATE TABLE t (s ENUM('draft','公開') NOT NULL DEFAULT 'draft', d DATE DEFAULT '2026-01-02', CHECK (s IN ('draft')))",
			"CREATE TABLE t (s ENUM('draft','公開') NOT NULL DEFAULT 'draft', d DATE DEFAULT '2026-01-02', CHECK (s IN ('draft')))",
		},
		"one value has one mark": {
			"CREATE TABLE t (s ENUM('bob@example.com','x!','a') DEFAULT 'bob@example.com')",
			"CREATE TABLE t (s ENUM('[redacted]','[redacted 2]','a') DEFAULT '[redacted]')",
		},
		"beside the name of a secret": {
			"CREATE TABLE t (api_token VARCHAR(9) DEFAULT 'hunter', kind ENUM('a','b') DEFAULT 'a', pw_hash INT, passwd ENUM('a','b'))",
			"CREATE TABLE t (api_token VARCHAR(9) DEFAULT '[redacted]', kind ENUM('a','b') DEFAULT 'a', pw_hash INT, passwd ENUM('[redacted 2]','[redacted 3]'))",
		},
		"comments keep their meaning": {
			"CREATE TABLE t (a INT COMMENT '会員の状態。連絡先 taro@example.co.jp、パスワード: hunter2') COMMENT='注文'",
			"CREATE TABLE t (a INT COMMENT '会員の状態。連絡先 [redacted]、パスワード: [redacted]') COMMENT='注文'",
		},
		"comments of SQL": {
			"-- 退会した会員 (担当: taro@example.com)\n/* password=hunter2 */ ALTER TABLE t ADD a INT -- token: abc123",
			"-- 退会した会員 (担当: [redacted])\n/* password=[redacted] */ ALTER TABLE t ADD a INT -- token: [redacted]",
		},
		"SQL in comments": {
			"-- CREATE USER x IDENTIFIED BY 'hunter2';\nALTER TABLE t ADD a INT",
			"-- CREATE USER x IDENTIFIED BY 'redacted';\nALTER TABLE t ADD a INT",
		},
		"rows": {
			`INSERT INTO users (id, name, phone) VALUES (7, 'Taro', 09012345678), (8, "Hanako", x'41424344454647')`,
			`INSERT INTO users (id, name, phone) VALUES (7, '[redacted]', 0), (8, '[redacted 2]', 0x00)`,
		},
		"accounts": {
			"CREATE USER 'app'@'10.0.0.1' IDENTIFIED BY 'hunter2'",
			"CREATE USER '[redacted]'@'redacted' IDENTIFIED BY '[redacted 2]'",
		},
		"a connection": {
			"CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://root:pw@db/x'",
			"CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='[redacted]'",
		},
		"escapes": {
			`CREATE TABLE t (a INT COMMENT 'it''s \'x\' of a@b.example')`,
			`CREATE TABLE t (a INT COMMENT 'it''s ''x'' of [redacted]')`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, redacted(test.sql)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// secrets are what must never leave, as people write them into migrations. None is real.
var secrets = []string{
	"AKIA" + "QWERTYUIOPASDFGH", "ghp_" + strings.Repeat("a1B2", 9), "xoxb-" + "1234567890-abcdefghij", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
	"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "wJalrXUtnFEMIK7MDENGbPxRfiCY1234567890AB", "5f4dcc3b5aa765d61d8327deb882cf99",
	"taro.yamada@example.co.jp", "hanako+test@mail.example", "090-1234-5678", "4111 1111 1111 1111", "550e8400-e29b-41d4-a716-446655440000",
	"mysql://root:hunter2@db.internal/shop", "-----BEGIN PRIVATE KEY-----MIIEvQIBADANBg",
}

// places are where a value can stand. Each must stay readable SQL.
var redactPlaces = []string{
	"CREATE TABLE t (a VARCHAR(99) DEFAULT '%s')",
	"CREATE TABLE t (a ENUM('x','%s'))",
	"CREATE TABLE t (a INT COMMENT '顧客の連絡先 %s です')",
	"CREATE TABLE t (a INT) COMMENT='%s'",
	"CREATE TABLE t (a INT CHECK (a <> '%s'))",
	"ALTER TABLE t ADD COLUMN a VARCHAR(99) DEFAULT '%s' AFTER b -- for %s",
	"-- owner: %s\nALTER TABLE t ADD a INT",
	"/* %s */ DROP TABLE t",
	"INSERT INTO t VALUES (1, '%s', \"%s\")",
	"UPDATE t SET a = '%s' WHERE b = '%s'",
	"CREATE USER 'a'@'%%' IDENTIFIED BY '%s'",
	"SET PASSWORD FOR 'a'@'%%' = '%s'",
	"CREATE TABLE t (a INT) PARTITION BY LIST COLUMNS(a) (PARTITION p VALUES IN ('%s'))",
	"# INSERT INTO t VALUES ('%s')\nALTER TABLE t ADD a INT",
}

// TestRedactSecrets puts every secret into every place: none is left, and the SQL still reads as the same change.
func TestRedactSecrets(t *testing.T) {
	t.Parallel()
	for _, place := range redactPlaces {
		for _, secret := range secrets {
			sql := strings.ReplaceAll(strings.ReplaceAll(place, "%s", secret), "%%", "%")
			got := redacted(sql)
			if strings.Contains(got, secret) {
				t.Errorf("%s is left in %s", secret, got)
			}
			checkSameShape(t, sql, got)
		}
	}
}

// checkSameShape reads both texts: what was valid still is, and does the same kinds of things.
func checkSameShape(t *testing.T, before, after string) {
	t.Helper()
	x, y := shapeOf(before), shapeOf(after)
	if diff := cmp.Diff(x, y); diff != "" {
		t.Errorf("%q became %q (-before +after)\n%s", before, after, diff)
	}
}

func shapeOf(sql string) []string {
	var shape []string
	for _, s := range parseSQL(sql).Statements {
		line := s.Verb + " " + s.NotUnderstood
		for _, c := range s.Changes {
			line += fmt.Sprintf(" %T", c)
		}
		for _, p := range s.Problems {
			line += " " + string(p.Kind)
		}
		shape = append(shape, line)
	}
	return shape
}

// FuzzRedact redacts any text with a secret in any literal: it never panics, and the secret never stays.
func FuzzRedact(f *testing.F) {
	for i, place := range redactPlaces {
		f.Add(strings.ReplaceAll(place, "%s", "x"), uint8(i))
	}
	f.Add("CREATE TABLE `a` (b INT) /*!50100 PARTITION BY HASH(b) */; SELECT 'a\\'b', N'x', _utf8'y', $$z$$, @'h'", uint8(0))
	f.Fuzz(func(t *testing.T, sql string, which uint8) {
		secret := secrets[int(which)%len(secrets)]
		if strings.ContainsAny(sql, "\\'\"`") || len(sql) > 2000 {
			redacted(sql) // where strings begin and end is the fuzzer's choice
			return
		}
		with := "CREATE TABLE t (" + sql + " DEFAULT '" + secret + "')"
		if got := redacted(with); strings.Contains(got, secret) {
			t.Errorf("%s is left in %q", secret, got)
		}
		MaskText(sql)
	})
}

func TestMaskText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"The password is required":                     "The password is required",
		"The password is hunter2!":                     "The password is [redacted]",
		"パスワード: ハッシュ化して保存":                             "パスワード: ハッシュ化して保存",
		"トークンは abc123 を使う":                             "トークンは [redacted] を使う",
		"see 20260102150405 and 2026-01-02 03:04":      "see [redacted] and 2026-01-02 03:04",
		"idx_orders_user_id_created_at2 stays":         "idx_orders_user_id_created_at2 stays",
		"Authorization: Bearer abcdef.12345":           "Authorization: Bearer [redacted]",
		"注文番号は連番、utf8mb4_0900_ai_ci で比べる":              "注文番号は連番、utf8mb4_0900_ai_ci で比べる",
		"mail ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ":                        "mail [redacted]",
		"db is postgres://u:p@h/d in 1.2.3 of v2 @dba": "db is postgres://[redacted]h/d in 1.2.3 of v2 @dba",
	} {
		if got := MaskText(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
