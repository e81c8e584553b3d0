package github

// orgLayers keeps the organisations' configuration for some minutes.
type orgLayers struct{}
