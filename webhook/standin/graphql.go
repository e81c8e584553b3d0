package standin

// GraphQLMode says how the GraphQL endpoint behaves.
type GraphQLMode int

// How the GraphQL endpoint behaves.
const (
	GraphQLOn     GraphQLMode = iota
	GraphQLOff                // 404, as where there is none
	GraphQLErrors             // every query has an error, in a 200
)

// SetGraphQL changes how the GraphQL endpoint behaves.
func (g *GitHub) SetGraphQL(m GraphQLMode) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.graph = m
}

func graphql(q *request) *answer { return notFound() }
