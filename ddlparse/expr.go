package ddlparse

// exprColumns returns the names in an expression that may be columns: identifiers that are no function
// calls, keywords, units, types or variables. Each is given once, as written.
func exprColumns(src *Source, toks []token) []string {
	var names distinct
	for i, t := range toks {
		if (t.kind == word || t.kind == quoted) && maybeColumn(src, toks, i) {
			names.add(identText(src, t))
		}
	}
	return names.list
}

// distinct collects names, each once whatever its case.
type distinct struct {
	list []string
	seen map[string]bool // only for long lists
}

func (d *distinct) add(name string) {
	const short = 16
	if len(d.list) < short {
		for _, n := range d.list {
			if same(n, name) {
				return
			}
		}
	} else {
		if d.seen == nil {
			d.seen = map[string]bool{}
			for _, n := range d.list {
				d.seen[fold(n)] = true
			}
		}
		if d.seen[fold(name)] {
			return
		}
		d.seen[fold(name)] = true
	}
	d.list = append(d.list, name)
}

func maybeColumn(src *Source, toks []token, i int) bool {
	t := toks[i]
	if i+1 < len(toks) && toks[i+1].kind == punct {
		switch src.Text[toks[i+1].start] {
		case '(':
			return t.kind == quoted // a function or a type; `name`(…) can only be a stored function
		case '.':
			return false // the qualifier of what follows
		}
	}
	if i+1 < len(toks) && toks[i+1].kind == str && toks[i+1].start == t.end {
		return false // _utf8mb4'x'
	}
	if t.kind == quoted {
		return true
	}
	text := src.Text[t.start:t.end]
	if text[0] == '@' || text[0] == '_' && i+1 < len(toks) && toks[i+1].kind == str {
		return false
	}
	if w := upperWord(text); exprWords[w] || timeUnits[w] && isUnit(src, toks, i) {
		return false
	}
	if i > 0 && toks[i-1].kind == word {
		switch upperWord(src.Text[toks[i-1].start:toks[i-1].end]) {
		case "AS", "COLLATE", "USING", "CHARSET", "SET": // CAST(x AS CHAR), CONVERT(x USING utf8mb4)
			return false
		}
	}
	return true
}

// timeUnits may be column names too: YEAR, DAY.
var timeUnits = wordSet("MICROSECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR")

// isUnit reports whether the word stands where INTERVAL n unit, EXTRACT(unit FROM …) or TIMESTAMPDIFF(unit, …)
// have one.
func isUnit(src *Source, toks []token, i int) bool {
	if i+1 < len(toks) && toks[i+1].is(src, "FROM") {
		return true
	}
	if i >= 2 && (toks[i-2].is(src, "TIMESTAMPDIFF") || toks[i-2].is(src, "TIMESTAMPADD")) {
		return true
	}
	for k := i - 1; k >= 0 && k >= i-8 && !toks[k].isPunct(src, ","); k-- {
		if toks[k].is(src, "INTERVAL") {
			return true
		}
	}
	return false
}

// exprWords are the words of expressions that name no column when unquoted.
var exprWords = wordSet(`AND OR XOR NOT IN IS NULL LIKE RLIKE REGEXP BETWEEN CASE WHEN THEN ELSE END DIV MOD TRUE FALSE UNKNOWN
	AS COLLATE USING BINARY INTERVAL ESCAPE SOUNDS MEMBER OF DISTINCT ALL ANY SOME EXISTS DEFAULT VALUES
	CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME CURRENT_USER LOCALTIME LOCALTIMESTAMP UTC_DATE UTC_TIME UTC_TIMESTAMP
	SELECT FROM WHERE FOR LEADING TRAILING BOTH SEPARATOR ARRAY UNSIGNED SIGNED INTEGER DECIMAL CHARACTER CHARSET
	MICROSECOND SECOND_MICROSECOND MINUTE_MICROSECOND MINUTE_SECOND HOUR_MICROSECOND HOUR_SECOND HOUR_MINUTE DAY_MICROSECOND
	DAY_SECOND DAY_MINUTE DAY_HOUR YEAR_MONTH GROUP ORDER BY HAVING LIMIT UNION JOIN ON LEFT RIGHT INNER OUTER CROSS
	MAXVALUE LESS THAN ROW OVER PARTITION ASC DESC STRAIGHT_JOIN NATURAL EMPTY ERROR RETURNING`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	start := -1
	for i := 0; i <= len(words); i++ {
		blank := i == len(words) || words[i] == ' ' || words[i] == '\n' || words[i] == '\t'
		if blank && start >= 0 {
			set[words[start:i]] = true
			start = -1
		} else if !blank && start < 0 {
			start = i
		}
	}
	return set
}

// interned holds the words that readers look at most, so that upperWord need not allocate them.
var interned = internWords(`CREATE ALTER DROP TABLE INDEX KEY UNIQUE PRIMARY FOREIGN REFERENCES CONSTRAINT CHECK COLUMN ADD MODIFY CHANGE
	RENAME TO AS NOT NULL DEFAULT AUTO_INCREMENT COMMENT COLLATE CHARACTER CHARSET SET ENGINE IF EXISTS ON UPDATE DELETE CASCADE
	RESTRICT ACTION NO INT INTEGER BIGINT SMALLINT TINYINT MEDIUMINT VARCHAR CHAR TEXT MEDIUMTEXT LONGTEXT TINYTEXT BLOB LONGBLOB
	MEDIUMBLOB DATETIME TIMESTAMP DATE TIME DECIMAL FLOAT DOUBLE BOOLEAN BOOL JSON ENUM UNSIGNED SIGNED ZEROFILL BINARY VARBINARY
	CURRENT_TIMESTAMP NOW GENERATED ALWAYS VIRTUAL STORED USING BTREE HASH FULLTEXT SPATIAL FIRST AFTER INSERT INTO VALUES
	SELECT FROM WHERE REPLACE IGNORE VIEW TRIGGER PROCEDURE FUNCTION EVENT DATABASE SCHEMA PARTITION BY RANGE LIST
	ALGORITHM LOCK ROW_FORMAT CONVERT FORCE ORDER USE BEGIN COMMIT ROLLBACK START TRANSACTION TRUNCATE AND OR IN IS LIKE
	INVISIBLE VISIBLE DISTINCT JOIN LEFT RIGHT INNER OUTER GROUP HAVING LIMIT UNION TEMPORARY DEFINER`)

func internWords(words string) map[string]string {
	m := map[string]string{}
	for w := range wordSet(words) {
		m[w] = w
	}
	return m
}
