-- one

/* two */ CREATE TABLE t ( -- three
  a int -- four
) /* five */ ; -- six
# seven
SELECT 1 -- eight
