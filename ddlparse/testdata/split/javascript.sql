-- engine: mysql 9.7
CREATE FUNCTION f(a int) RETURNS int LANGUAGE JAVASCRIPT AS $$
  let x = 'it';; return a; // it's
$$;
CREATE FUNCTION g() RETURNS int LANGUAGE JAVASCRIPT AS $js$ return '$$;' $js$;
SELECT 1;
