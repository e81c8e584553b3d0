-- One dialect for SQLite and Postgres. Times are microseconds since 1970, 0 when there is none.

-- What GitHub delivered. state: queued, done, failed, ignored.
CREATE TABLE deliveries (
    guid     TEXT PRIMARY KEY,
    event    TEXT NOT NULL,
    action   TEXT NOT NULL,
    repo     TEXT NOT NULL,
    state    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    received BIGINT NOT NULL,
    finished BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX deliveries_received ON deliveries (received);

-- What is to be brought up to date. A row has exactly one live River job, job_id. Each event raises
-- the generation; a run knows which one it saw, so it also knows whether it must run again.
CREATE TABLE wanted (
    key              TEXT PRIMARY KEY,
    job              TEXT NOT NULL,
    job_id           BIGINT NOT NULL DEFAULT 0,
    generation       BIGINT NOT NULL,
    head             TEXT NOT NULL,
    head_generation  BIGINT NOT NULL,
    force_generation BIGINT NOT NULL,
    failures         BIGINT NOT NULL DEFAULT 0,
    crashes          BIGINT NOT NULL DEFAULT 0,
    retry_at         BIGINT NOT NULL DEFAULT 0,
    asked            BOOLEAN NOT NULL DEFAULT FALSE, -- GitHub asked to wait until retry_at
    since            BIGINT NOT NULL
);

-- Which deliveries wait for which key.
CREATE TABLE waiting (
    key        TEXT NOT NULL,
    guid       TEXT NOT NULL,
    generation BIGINT NOT NULL,
    PRIMARY KEY (key, guid)
);
CREATE INDEX waiting_guid ON waiting (guid);

-- What was reviewed, and what it cost.
CREATE TABLE reviews (
    key        TEXT NOT NULL,
    started    BIGINT NOT NULL,
    job        TEXT NOT NULL,
    repo       TEXT NOT NULL,
    number     BIGINT NOT NULL,
    head       TEXT NOT NULL,
    base_ref   TEXT NOT NULL,
    draft      BOOLEAN NOT NULL,
    content    TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    title      TEXT NOT NULL,
    engine     TEXT NOT NULL,
    errors     BIGINT NOT NULL,
    warnings   BIGINT NOT NULL,
    notices    BIGINT NOT NULL,
    statements BIGINT NOT NULL,
    migrations BIGINT NOT NULL,
    calls      BIGINT NOT NULL,
    writes     BIGINT NOT NULL,
    took       BIGINT NOT NULL,
    PRIMARY KEY (key, started)
);
CREATE INDEX reviews_head ON reviews (repo, head);
CREATE INDEX reviews_content ON reviews (repo, content, started);
CREATE INDEX reviews_started ON reviews (started);

-- The findings of a review, as they stand on GitHub.
CREATE TABLE findings (
    key         TEXT NOT NULL,
    started     BIGINT NOT NULL,
    position    BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    rule        TEXT NOT NULL,
    object      TEXT NOT NULL,
    severity    BIGINT NOT NULL,
    comment     BIGINT NOT NULL,
    state       TEXT NOT NULL,
    PRIMARY KEY (key, started, position)
);
CREATE INDEX findings_started ON findings (started);

-- Check runs that were begun and not completed.
CREATE TABLE checks (
    key   TEXT NOT NULL,
    head  TEXT NOT NULL,
    id    BIGINT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (key, head)
);

CREATE TABLE cursors (
    name   TEXT PRIMARY KEY,
    moment BIGINT NOT NULL
);

-- Who works here (Postgres): a replica that was not seen for a while has lost its jobs.
CREATE TABLE replicas (
    id   TEXT PRIMARY KEY,
    seen BIGINT NOT NULL
);
