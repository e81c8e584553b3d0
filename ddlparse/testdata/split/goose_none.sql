SELECT 1;
-- goose is a bird
SELECT 2;
