package standin

// Routes are all endpoints, as Call.Method and Call.Route name them.
func Routes() []string {
	var out []string
	for pattern := range table() {
		out = append(out, pattern)
	}
	return out
}
