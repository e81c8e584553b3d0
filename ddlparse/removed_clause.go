package ddlparse

// removedPrefix is a statement that MySQL removed, known by its first words.
type removedPrefix struct {
	words   [3]string
	mysql   since
	instead string
}

var removedPrefixes = [...]removedPrefix{
	{[3]string{"CHANGE", "MASTER"}, "8.4", "CHANGE REPLICATION SOURCE TO"},
	{[3]string{"START", "SLAVE"}, "8.4", "START REPLICA"},
	{[3]string{"STOP", "SLAVE"}, "8.4", "STOP REPLICA"},
	{[3]string{"RESET", "SLAVE"}, "8.4", "RESET REPLICA"},
	{[3]string{"RESET", "MASTER"}, "8.4", "RESET BINARY LOGS AND GTIDS"},
	{[3]string{"RESET", "QUERY", "CACHE"}, "8.0.3", ""},
	{[3]string{"FLUSH", "QUERY", "CACHE"}, "8.0.3", ""},
	{[3]string{"FLUSH", "DES_KEY_FILE"}, "8.0.3", ""},
	{[3]string{"PURGE", "MASTER"}, "8.4", "PURGE BINARY LOGS"},
	{[3]string{"SHOW", "MASTER", "STATUS"}, "8.4", "SHOW BINARY LOG STATUS"},
	{[3]string{"SHOW", "MASTER", "LOGS"}, "8.4", "SHOW BINARY LOGS"},
	{[3]string{"SHOW", "SLAVE", "STATUS"}, "8.4", "SHOW REPLICA STATUS"},
	{[3]string{"SHOW", "SLAVE", "HOSTS"}, "8.4", "SHOW REPLICAS"},
	{[3]string{"EXPLAIN", "EXTENDED"}, "8.0.12", "EXPLAIN"},
	{[3]string{"EXPLAIN", "PARTITIONS"}, "8.0.12", "EXPLAIN"},
}

// prefixes looks at the statement's first words.
func (s *removedScan) prefixes() {
	first := s.after(-1)
	if first < 0 || !s.isAny(first, "CHANGE", "START", "STOP", "RESET", "FLUSH", "PURGE", "SHOW", "EXPLAIN") {
		return
	}
	for _, p := range removedPrefixes {
		if last := s.match(first, p.words); last >= 0 {
			s.syntax(p.title(), p.mysql, p.instead, first, last)
		}
	}
}

// match returns the last token of the words when they stand from token i on, else -1.
func (s *removedScan) match(i int, words [3]string) int {
	last := -1
	for _, w := range words {
		if w == "" {
			break
		}
		if i < 0 || !s.toks[i].is(s.src, w) {
			return -1
		}
		last, i = i, s.after(i)
	}
	return last
}

func (p removedPrefix) title() string {
	title := p.words[0] + " " + p.words[1]
	if p.words[2] != "" {
		title += " " + p.words[2]
	}
	return title
}

// groupBy: ASC and DESC in GROUP BY went in 8.0.13. The list ends with the clause or its parenthesis.
func (s *removedScan) groupBy(i int) {
	by := s.after(i)
	if by < 0 || !s.toks[by].is(s.src, "BY") {
		return
	}
	depth := 0
	for j := s.after(by); j >= 0 && depth >= 0; j = s.after(j) {
		switch t := s.toks[j]; {
		case t.isPunct(s.src, "("):
			depth++
		case t.isPunct(s.src, ")"):
			depth--
		case t.isPunct(s.src, ";"):
			return
		case depth > 0 || t.kind != word:
		case s.isAny(j, "HAVING", "ORDER", "LIMIT", "WINDOW", "UNION", "FOR", "INTO", "WITH", "PROCEDURE"):
			return
		case s.isAny(j, "ASC", "DESC"):
			s.syntax("GROUP BY ... "+s.toks[j].text(s.src), "8.0.13", "ORDER BY", j, j)
		}
	}
}

// identified: GRANT no longer makes users, password hashes are given with AS, and one plugin is gone.
func (s *removedScan) identified(i int) {
	next := s.after(i)
	if next < 0 {
		return
	}
	then := s.after(next)
	switch {
	case s.starts("GRANT"):
		s.syntax("GRANT ... IDENTIFIED", "8.0.11", "CREATE USER or ALTER USER", i, next)
	case s.isAny(next, "BY") && s.isAny(then, "PASSWORD"):
		s.syntax("IDENTIFIED BY PASSWORD", "8.0.11", "IDENTIFIED WITH plugin AS 'hash'", i, then)
	case s.isAny(next, "WITH") && then >= 0 && s.isPlugin(then, "mysql_native_password") && s.engine.MySQL(9, 0, 0):
		s.report(1524, "mysql_native_password", "9.0", "caching_sha2_password", then, then)
	}
}

// isPlugin compares a plugin's name, which may be a word, an identifier in quotes or a string.
func (s *removedScan) isPlugin(i int, name string) bool {
	text := s.toks[i].text(s.src)
	if len(text) == len(name)+2 {
		text = text[1 : len(text)-1]
	}
	return text == name
}

// autoIncrement: floating-point columns lost the attribute in 8.4. Their type stands before it in the
// same column definition.
func (s *removedScan) autoIncrement(i int) {
	if !s.starts("CREATE") && !s.starts("ALTER") || !s.engine.MySQL(8, 4, 0) {
		return
	}
	depth := 0
	for j := i - 1; j >= 0 && depth <= 0; j-- {
		switch t := s.toks[j]; {
		case t.isPunct(s.src, ")"):
			depth--
		case t.isPunct(s.src, "("):
			depth++
		case depth == 0 && t.isPunct(s.src, ","):
			return
		case depth == 0 && s.isAny(j, "FLOAT", "DOUBLE", "REAL") && s.named(j):
			s.report(1063, "AUTO_INCREMENT on "+t.text(s.src), "8.4", "BIGINT", i, i)
			return
		}
	}
}

// named reports whether a name stands before the token, as it does before a column's type.
func (s *removedScan) named(i int) bool {
	p := s.before(i)
	return p >= 0 && (s.toks[p].kind == word || s.toks[p].kind == quoted)
}

// before and after give the neighbouring token that is no comment, -1 at the ends.
func (s *removedScan) before(i int) int {
	for i--; i >= 0; i-- {
		if s.toks[i].kind != comment {
			return i
		}
	}
	return -1
}

func (s *removedScan) after(i int) int {
	for i++; i < len(s.toks); i++ {
		if s.toks[i].kind != comment {
			return i
		}
	}
	return -1
}

func (s *removedScan) isAny(i int, keywords ...string) bool {
	for _, k := range keywords {
		if i >= 0 && s.toks[i].is(s.src, k) {
			return true
		}
	}
	return false
}

// starts reports whether the statement begins with the keyword.
func (s *removedScan) starts(keyword string) bool { return s.isAny(s.after(-1), keyword) }
