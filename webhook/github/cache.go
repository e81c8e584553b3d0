package github

import "time"

// objectCache keeps git objects on disk by their SHA.
type objectCache struct {
	dir   string
	bytes int64
	now   func() time.Time
}

func newObjectCache(dir string, bytes int64, now func() time.Time) (*objectCache, error) {
	return &objectCache{dir, bytes, now}, nil
}
