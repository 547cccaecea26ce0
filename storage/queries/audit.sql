-- name: head
SELECT hash FROM audit WHERE site_id = :site ORDER BY id DESC LIMIT 1;

-- name: add
INSERT INTO audit (site_id, at, actor_id, via, message, what, row_id, plan_id, action_id, was, now, why_id, hash)
VALUES (:site, :at, :actor_id, :via, :message, :what, :row_id, :plan_id, :action_id, :was, :now, :why_id, :hash)
RETURNING id;

-- name: rows
SELECT a.*, t.body AS why
FROM audit a
LEFT JOIN texts t ON t.site_id = a.site_id AND t.id = a.why_id
WHERE a.site_id = :site
/* filters */
ORDER BY a.id DESC LIMIT :limit;

-- name: where_plan
AND a.plan_id = :plan_id

-- name: where_action
AND a.action_id = :action_id

-- name: following
SELECT * FROM audit WHERE site_id = :site AND id > :id ORDER BY id LIMIT 1000;

-- name: latest
SELECT max(at) AS at FROM (
    SELECT at FROM (SELECT at FROM audit WHERE site_id = :site ORDER BY id DESC LIMIT 1)
    UNION ALL
    SELECT received_at FROM (SELECT received_at FROM inbox WHERE site_id = :site ORDER BY id DESC LIMIT 1)
);
