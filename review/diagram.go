package review

func (v Voice) diagram(r *Report) string { return "" }
