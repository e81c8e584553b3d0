-- 商品検索: ngram splits Japanese into pairs of letters, because there are no spaces to split at.
ALTER TABLE products
  ADD FULLTEXT INDEX ft_products_name (name) WITH PARSER ngram;
