-- name: of_plan
SELECT * FROM meetings WHERE site_id = :site AND plan_id = :plan_id
/* filters */
ORDER BY day IS NULL, day, id;

-- name: where_assurance
AND assurance = :assurance

-- name: get
SELECT * FROM meetings WHERE site_id = :site AND id = :meeting_id;

-- name: add
INSERT INTO meetings (site_id, plan_id, forum, day, deadline, assurance, state, printed, papers_due)
VALUES (:site, :plan_id, :forum, :day, :deadline, :assurance, :state, :printed, :papers_due)
RETURNING id;

-- name: change
UPDATE meetings
SET forum = :forum, day = :day, deadline = :deadline, assurance = :assurance, state = :state,
    quorate = :quorate, chair = :chair, printed = :printed, papers_due = :papers_due
WHERE site_id = :site AND id = :meeting_id;

-- name: add_arising
INSERT INTO arisings (site_id, plan_id, meeting_id, no, text_id, owner, due)
VALUES (:site, :plan_id, :meeting_id, :no, :text_id, :owner, :due)
RETURNING id;

-- name: arising
SELECT r.*, t.body AS text FROM arisings r JOIN texts t ON t.site_id = r.site_id AND t.id = r.text_id
WHERE r.site_id = :site AND r.id = :arising_id;

-- name: arisings
SELECT r.*, t.body AS text FROM arisings r JOIN texts t ON t.site_id = r.site_id AND t.id = r.text_id
WHERE r.site_id = :site AND r.plan_id = :plan_id
/* filters */
ORDER BY r.id;

-- name: where_arising_open
AND r.done_at IS NULL

-- name: close_arising
UPDATE arisings SET done_at = :at WHERE site_id = :site AND id = :arising_id;

-- name: issue
INSERT INTO issued (site_id, plan_id, meeting_id, name, stage, sha256, content, at)
VALUES (:site, :plan_id, :meeting_id, :name, :stage, :sha256, :content, :at)
RETURNING id;

-- name: issued_at
SELECT name, stage, sha256, at FROM issued
WHERE site_id = :site AND plan_id = :plan_id AND meeting_id = :meeting_id ORDER BY id;

-- name: issued_content
SELECT content FROM issued
WHERE site_id = :site AND plan_id = :plan_id AND meeting_id = :meeting_id AND name = :name;
