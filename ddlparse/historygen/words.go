package historygen

var tableWords = []string{
	"account", "asset", "basket", "billing", "branch", "campaign", "carrier", "catalog", "claim", "contract",
	"coupon", "course", "customer", "delivery", "device", "event", "fleet", "gift", "hotel", "invoice",
	"item", "lesson", "loan", "market", "member", "merchant", "offer", "order", "parcel", "partner",
	"payment", "points", "product", "refund", "rental", "review", "sales", "seat", "shop", "stock",
	"store", "supplier", "ticket", "trip", "vendor", "visit", "voucher", "warehouse",
}

var tableNouns = []string{
	"addresses", "archives", "audits", "batches", "contacts", "details", "drafts", "files", "groups", "histories",
	"images", "jobs", "labels", "limits", "lines", "links", "logs", "marks", "messages", "notes", "owners",
	"plans", "prices", "profiles", "quotas", "reasons", "records", "requests", "roles", "rules", "sessions",
	"settings", "shares", "slots", "states", "steps", "tags", "tokens", "types", "versions",
}

var columnWords = []string{
	"actual", "approved", "base", "billing", "cancelled", "checked", "closed", "contact", "display", "due",
	"external", "final", "first", "gross", "home", "initial", "last", "legal", "local", "main", "net",
	"opened", "origin", "outer", "paid", "planned", "previous", "primary", "public", "quoted", "remote",
	"sent", "shipping", "short", "source", "target", "total", "updated", "visible", "work",
}

var japanese = []string{
	"金額", "顧客番号", "備考", "登録日時", "表示名", "状態: 新規、有効、終了", "配送先の住所", "社内メモ(顧客には見せない)",
}

var remarks = []string{
	"What the new report needs.", "Asked for by the warehouse team; see the ticket.", "検索画面のための変更",
	"Second part: the code that writes this column is live since last week.", "月次集計を速くする",
	"No code reads this any more.\n-- Checked on 3 March, with the logs of 90 days.",
}
