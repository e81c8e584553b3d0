-- What a model had to do with a review. models, hashes and dropped are JSON.
CREATE TABLE advice (
    key         TEXT NOT NULL,
    started     BIGINT NOT NULL,
    prompts     TEXT NOT NULL,
    hashes      TEXT NOT NULL,
    models      TEXT NOT NULL,
    input       BIGINT NOT NULL,
    output      BIGINT NOT NULL,
    cache_read  BIGINT NOT NULL,
    cache_write BIGINT NOT NULL,
    calls       BIGINT NOT NULL,
    cost        DOUBLE PRECISION NOT NULL,
    priced      BOOLEAN NOT NULL,
    claims      BIGINT NOT NULL,
    dropped     TEXT NOT NULL,
    complete    BOOLEAN NOT NULL,
    missing     TEXT NOT NULL,
    took        BIGINT NOT NULL,
    PRIMARY KEY (key, started)
);
CREATE INDEX advice_started ON advice (started);

-- What it was asked, where the operator wants that kept.
CREATE TABLE prompts (
    key      TEXT NOT NULL,
    started  BIGINT NOT NULL,
    position BIGINT NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (key, started, position)
);
CREATE INDEX prompts_started ON prompts (started);

-- Tokens that a repository has used of a model in a day, and those that it is about to use.
CREATE TABLE budgets (
    repo   TEXT NOT NULL,
    day    TEXT NOT NULL,
    tokens BIGINT NOT NULL,
    PRIMARY KEY (repo, day)
);
CREATE INDEX budgets_day ON budgets (day);
