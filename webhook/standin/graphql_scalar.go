package standin

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// scalar is a value of any of the schema's own scalar types.
type scalar string

// ImplementsGraphQLType tells the library which scalars it can be.
func (scalar) ImplementsGraphQLType(name string) bool {
	switch name {
	case "BigInt", "DateTime", "GitObjectID", "URI":
		return true
	}
	return false
}

// UnmarshalGraphQL reads a scalar of a query.
func (s *scalar) UnmarshalGraphQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return fmt.Errorf("%v is no text", input)
	}
	*s = scalar(text)
	return nil
}

func at(t time.Time) scalar { return scalar(t.UTC().Format(time.RFC3339)) }

func maybeAt(t time.Time) *scalar {
	if t.IsZero() {
		return nil
	}
	s := at(t)
	return &s
}

// maybe is an Int that is null when it is 0.
func maybe(n int) *int32 {
	if n == 0 {
		return nil
	}
	v := int32(n)
	return &v
}

func id32(id int64) *int32 {
	v := int32(id)
	return &v
}

func big(id int64) *scalar {
	s := scalar(strconv.FormatInt(id, 10))
	return &s
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// unnode reads a GraphQL id.
func unnode(id string) (kind string, n int64) {
	kind, rest, _ := strings.Cut(id, "_")
	data, err := base64.RawURLEncoding.DecodeString(rest)
	if err != nil {
		return "", 0
	}
	n, err = strconv.ParseInt(strings.TrimPrefix(string(data), kind+":"), 10, 64)
	if err != nil {
		return "", 0
	}
	return kind, n
}
