-- name: by_key
SELECT i.*, t.body FROM inbox i JOIN texts t ON t.site_id = i.site_id AND t.id = i.content_id
WHERE i.site_id = :site AND i.surface = :surface AND i.key = :key;

-- name: add
INSERT INTO inbox (site_id, surface, key, conversation, content_id, received_at)
VALUES (:site, :surface, :key, :conversation, :content_id, :at)
RETURNING id;

-- name: again
UPDATE inbox SET state = 'received', attempts = 0, claimed_until = NULL, reason = NULL
WHERE site_id = :site AND id = :id AND state = 'failed';

-- name: give_up
UPDATE inbox SET state = 'failed', claimed_until = NULL, reason = coalesce(reason, :reason)
WHERE site_id = :site AND state = 'received' AND attempts >= :most
AND (claimed_until IS NULL OR claimed_until <= :now);

-- name: next
SELECT i.*, t.body FROM inbox i JOIN texts t ON t.site_id = i.site_id AND t.id = i.content_id
WHERE i.id = (
    SELECT min(w.id) FROM inbox w
    WHERE w.site_id = :site AND w.state = 'received'
    AND NOT EXISTS (
        SELECT 1 FROM inbox b
        WHERE b.site_id = :site AND b.surface = w.surface AND b.conversation = w.conversation
        AND b.state = 'received' AND b.claimed_until > :now
    )
);

-- name: busy
SELECT 1 AS yes FROM inbox
WHERE site_id = :site AND surface = :surface AND conversation = :conversation
AND state = 'received' AND claimed_until > :now
LIMIT 1;

-- name: claim
UPDATE inbox SET claimed_until = :until, attempts = attempts + 1 WHERE site_id = :site AND id = :id;

-- name: renew
UPDATE inbox SET claimed_until = :until
WHERE site_id = :site AND id = :id AND state = 'received' AND attempts = :attempts;

-- name: done
UPDATE inbox SET state = 'done', claimed_until = NULL, reason = NULL
WHERE site_id = :site AND id = :id AND state <> 'done';

-- name: failed
UPDATE inbox
SET reason = :reason, claimed_until = CASE WHEN attempts >= :most THEN NULL ELSE :until END,
    state = CASE WHEN attempts >= :most THEN 'failed' ELSE 'received' END
WHERE site_id = :site AND id = :id AND state = 'received';

-- name: get
SELECT i.*, t.body FROM inbox i JOIN texts t ON t.site_id = i.site_id AND t.id = i.content_id
WHERE i.site_id = :site AND i.id = :id;

-- name: stuck
SELECT i.*, t.body FROM inbox i JOIN texts t ON t.site_id = i.site_id AND t.id = i.content_id
WHERE i.site_id = :site AND i.state = 'failed' AND t.body IS NOT NULL ORDER BY i.id;

-- name: waiting
SELECT count(*) AS n FROM inbox WHERE site_id = :site AND state = 'received';
