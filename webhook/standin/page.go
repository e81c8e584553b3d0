package standin

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// window is the part of a list that a call asks for.
func (q *request) window(total, defaultSize, largest int) (from, to, page, size int) {
	query := q.URL.Query()
	size, err := strconv.Atoi(query.Get("per_page"))
	if err != nil || size < 1 {
		size = defaultSize
	}
	size = min(size, largest)
	page, err = strconv.Atoi(query.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	from = min((page-1)*size, total)
	return from, min(from+size, total), page, size
}

// paged gives a page of a list, shown by view, with its Link header.
func paged[T any](q *request, all []T, view func(T) any) (list, *answer) {
	from, to, page, size := q.window(len(all), 30, 100)
	out := make(list, 0, to-from)
	for _, x := range all[from:to] {
		out = append(out, view(x))
	}
	a := ok(out)
	if link := q.links(page, (len(all)+size-1)/size); link != "" {
		a.set("Link", link)
	}
	return out, a
}

// links is the Link header, "" when there is one page.
func (q *request) links(page, last int) string {
	var out []string
	add := func(rel string, n int) {
		u := url.URL{Path: q.URL.Path}
		query := q.URL.Query()
		query.Set("page", fmt.Sprint(n))
		u.RawQuery = query.Encode()
		out = append(out, fmt.Sprintf("<%s>; rel=%q", q.g.api(u.String()), rel))
	}
	if page > 1 {
		add("prev", page-1)
	}
	if page < last {
		add("next", page+1)
		add("last", last)
	}
	if page > 1 {
		add("first", 1)
	}
	return strings.Join(out, ", ")
}
