-- name: add
INSERT INTO outbox (site_id, key, surface, conversation, content_id, created_at, after, not_before, still)
VALUES (:site, :key, :surface, :conversation, :content_id, :at, :after, :not_before, :still)
RETURNING id;

-- name: by_key
SELECT o.*, t.body FROM outbox o JOIN texts t ON t.site_id = o.site_id AND t.id = o.content_id
WHERE o.site_id = :site AND o.key = :key;

-- name: by_id
SELECT o.*, t.body FROM outbox o JOIN texts t ON t.site_id = o.site_id AND t.id = o.content_id
WHERE o.site_id = :site AND o.id = :id;

-- name: lapse
UPDATE outbox SET state = 'unsure', claimed_until = NULL
WHERE site_id = :site AND state IN ('new', 'claimed', 'unsure')  -- as the index says it
AND state = 'claimed' AND claimed_until <= :now;

-- name: ready
WITH waiting AS (
    SELECT o.id, o.surface, o.conversation, o.state,
        CASE
            WHEN o.state = 'claimed' THEN 'stop'
            WHEN o.not_before > :now THEN CASE WHEN o.attempts > 0 THEN 'stop' ELSE 'skip' END
            WHEN o.after IS NOT NULL AND EXISTS (
                SELECT 1 FROM outbox f
                WHERE f.site_id = o.site_id AND f.key = o.after AND f.state IN ('new', 'claimed', 'unsure')
            ) THEN 'stop'
            ELSE 'go'
        END AS turn
    FROM outbox o
    WHERE o.site_id = :site AND o.state IN ('new', 'claimed', 'unsure')
    AND o.surface IN (SELECT value FROM json_each(:surfaces))
),
queued AS (
    SELECT id, surface, conversation, turn,
        max(state = 'claimed') OVER conversations AS busy,
        min(CASE WHEN turn = 'stop' THEN id END) OVER conversations AS first_stop
    FROM waiting
    WINDOW conversations AS (PARTITION BY surface, conversation)
),
ready AS (
    SELECT id, surface, conversation FROM queued
    WHERE turn = 'go' AND busy = 0 AND (first_stop IS NULL OR id < first_stop)
)
SELECT o.*, t.body FROM ready r
JOIN outbox o ON o.id = r.id
JOIN texts t ON t.site_id = o.site_id AND t.id = o.content_id
WHERE (r.surface, r.conversation) = (SELECT surface, conversation FROM ready ORDER BY id LIMIT 1)
ORDER BY r.id LIMIT :most;

-- name: claim
UPDATE outbox
SET state = 'claimed', attempts = attempts + 1, claimed_until = :until, not_before = NULL,
    claimed_at = CASE WHEN state = 'unsure' THEN claimed_at ELSE :now END
WHERE site_id = :site AND id = :id;

-- name: renew
UPDATE outbox SET claimed_until = :until
WHERE site_id = :site AND id = :id AND state = 'claimed' AND attempts = :attempts;

-- name: sent
UPDATE outbox SET state = 'sent', platform_id = :platform_id, sent_at = :now, claimed_until = NULL
WHERE site_id = :site AND id = :id;

-- name: later
UPDATE outbox SET state = 'new', not_before = :not_before, claimed_at = NULL, claimed_until = NULL
WHERE site_id = :site AND id = :id AND state IN ('new', 'claimed', 'unsure');

-- name: fill
UPDATE outbox SET content_id = :content_id WHERE site_id = :site AND id = :id;

-- name: unsure
UPDATE outbox SET state = 'unsure', claimed_until = NULL
WHERE site_id = :site AND id = :id AND state IN ('claimed', 'unsure');

-- name: supersede
UPDATE outbox SET state = 'superseded', reason = :reason, claimed_until = NULL
WHERE site_id = :site AND id = :id AND state IN ('new', 'claimed', 'unsure');

-- name: supersede_between
UPDATE outbox SET state = 'superseded', reason = :reason
WHERE site_id = :site AND key >= :first AND key < :last AND state = 'new';

-- name: failed
UPDATE outbox SET state = 'failed', reason = :reason, claimed_until = NULL
WHERE site_id = :site AND id = :id AND state IN ('new', 'claimed', 'unsure');

-- name: keys
SELECT key FROM outbox WHERE site_id = :site AND key >= :first AND key < :last;

-- name: waiting
SELECT count(*) AS n FROM outbox WHERE site_id = :site AND state IN ('new', 'claimed', 'unsure');

-- name: by_platform_id
SELECT o.*, t.body FROM outbox o JOIN texts t ON t.site_id = o.site_id AND t.id = o.content_id
WHERE o.site_id = :site AND o.surface = :surface AND o.platform_id = :platform_id
AND o.conversation = :conversation
ORDER BY o.id DESC LIMIT 1;

-- name: doubt
UPDATE outbox SET state = 'unsure', claimed_at = coalesce(claimed_at, created_at), claimed_until = NULL
WHERE state IN ('new', 'claimed');
