package ddlparse

// defaultCharset is the character set and collation of a database that nobody set, as the server is
// built: MySQL 8.0 manual, "Server Character Set and Collation"; MariaDB from 11.6 uca1400.
func defaultCharset(e Engine) (charset, collation string) {
	switch {
	case e.IsTiDB():
		return "utf8mb4", "utf8mb4_bin"
	case e.MariaDB(11, 6, 0):
		return "utf8mb4", "utf8mb4_uca1400_ai_ci"
	case e.IsMariaDB():
		return "utf8mb4", "utf8mb4_general_ci"
	case e.MySQL(8, 0, 0):
		return "utf8mb4", "utf8mb4_0900_ai_ci"
	}
	return "latin1", "latin1_swedish_ci"
}
