-- What became of each comment, under the fingerprint that it was posted with. state: open, fixed, dismissed,
-- suppressed, withdrawn, left, undecided. Thumbs are numbers; whose they are is not kept.
CREATE TABLE feedback (
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    repo        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    by_model    BOOLEAN NOT NULL,
    object      TEXT NOT NULL,
    severity    BIGINT NOT NULL,
    prompts     TEXT NOT NULL,
    model       TEXT NOT NULL,
    posted      BIGINT NOT NULL,
    state       TEXT NOT NULL,
    up          BIGINT NOT NULL,
    down        BIGINT NOT NULL,
    PRIMARY KEY (key, fingerprint)
);
CREATE INDEX feedback_posted ON feedback (posted);

-- The pull requests that have such comments, and when it was last looked at them. closed: 0 while it is open.
CREATE TABLE talks (
    key          TEXT PRIMARY KEY,
    job          TEXT NOT NULL,
    installation BIGINT NOT NULL,
    closed       BIGINT NOT NULL,
    looked       BIGINT NOT NULL,
    final        BOOLEAN NOT NULL
);
CREATE INDEX talks_looked ON talks (looked);
