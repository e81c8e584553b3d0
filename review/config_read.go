package review

func readLayer(l Layer, base *Config) (*Config, []ConfigProblem) { return base.clone(), nil }
