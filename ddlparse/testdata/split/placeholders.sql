CREATE TABLE ${schema}.{{ .Prefix }}orders (a int);
{{if .X}}
ALTER TABLE {$NAMESPACE}_user.{$TABLE} ADD b int;
{{end}}
INSERT INTO t VALUES ('{{ ; }}');
