package standin

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// pageIn is the part of a list that is asked for.
type pageIn struct {
	First, Last   *int32
	After, Before *string
}

type pageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// connection is a page of a list.
type connection[T any] struct {
	Nodes      *[]*T
	PageInfo   pageInfo
	TotalCount int32
}

// nodeLimit is how many nodes a query may ask for.
// https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#node-limit
const nodeLimit = 500_000

// connect cuts a list to a page. Each page multiplies the nodes that the ones inside of it may have.
func connect[S, T any](q *request, name string, weight int, in pageIn, all []S, view func(S, int) *T) (*connection[T], error) {
	n, err := in.size(name)
	if err != nil {
		return nil, err
	}
	weight *= n
	if q.nodes += weight; weight > nodeLimit {
		return nil, &graphError{"MAX_NODE_LIMIT_EXCEEDED", fmt.Sprintf("This query requests up to %d possible nodes which exceeds the maximum limit of 500,000.", weight)}
	}
	from, to := position(in.After, 0), len(all)
	if in.Before != nil {
		to = min(to, position(in.Before, 1)-1)
	}
	from = min(from, to)
	first, last := from, to
	if in.First != nil {
		last = min(to, from+n)
	} else {
		first = max(from, to-n)
	}
	nodes := []*T{}
	for _, x := range all[first:last] {
		nodes = append(nodes, view(x, weight))
	}
	c := &connection[T]{Nodes: &nodes, TotalCount: int32(len(all)), PageInfo: pageInfo{HasNextPage: last < len(all), HasPreviousPage: first > 0}}
	if len(nodes) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = cursor(first+1), cursor(last)
	}
	return c, nil
}

// size is how many nodes are asked for. It must be said.
func (in pageIn) size(name string) (int, error) {
	n, which := in.First, "first"
	if n == nil {
		n, which = in.Last, "last"
	}
	switch {
	case n == nil:
		return 0, &graphError{"MISSING_PAGINATION_BOUNDARIES", fmt.Sprintf("You must provide a `first` or `last` value to properly paginate the `%s` connection.", name)}
	case *n > 100:
		return 0, &graphError{"EXCESSIVE_PAGINATION", fmt.Sprintf("Requesting %d records on the `%s` connection exceeds the `%s` limit of 100 records.", *n, name, which)}
	case *n < 0:
		return 0, &graphError{"ARGUMENT_ERROR", fmt.Sprintf("`%s` on the `%s` connection cannot be less than zero.", which, name)}
	}
	return int(*n), nil
}

func cursor(n int) *string {
	s := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "cursor:v2:%d", n))
	return &s
}

// position reads a cursor: how many nodes lie up to it.
func position(cursor *string, otherwise int) int {
	if cursor == nil {
		return otherwise
	}
	data, _ := base64.StdEncoding.DecodeString(*cursor)
	n, err := strconv.Atoi(strings.TrimPrefix(string(data), "cursor:v2:"))
	if err != nil {
		return otherwise
	}
	return n
}
