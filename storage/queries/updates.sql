-- name: add
INSERT INTO updates (
    site_id, plan_id, action_id, kind, text_id, author_id, entered_by_id, at, via, meeting_id,
    replaces_id, step_no, link, source, visibility, standing
) VALUES (
    :site, :plan_id, :action_id, :kind, :text_id, :author_id, :entered_by_id, :at, :via, :meeting_id,
    :replaces_id, :step_no, :link, :source, :visibility, :standing
) RETURNING id;

-- name: unstand
UPDATE updates SET standing = 0 WHERE site_id = :site AND id = :update_id;

-- name: get
SELECT u.*, t.body, t.reading, p.name AS author
FROM updates u
JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
WHERE u.site_id = :site AND u.id = :update_id;

-- name: by_source
SELECT u.*, t.body, t.reading, p.name AS author
FROM updates u
JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
WHERE u.site_id = :site AND u.source = :source AND u.standing = 1
ORDER BY u.id;

-- name: of_action
SELECT u.*, t.body, t.reading, p.name AS author
FROM updates u
JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
WHERE u.site_id = :site AND u.action_id = :action_id
ORDER BY u.at DESC, u.id DESC LIMIT :limit;

-- name: newest
SELECT u.*, t.body, t.reading, p.name AS author
FROM json_each(:ids) a
JOIN updates u ON u.id IN (
    SELECT n.id FROM updates n
    WHERE n.site_id = :site AND n.action_id = a.value AND n.standing = 1
    ORDER BY n.at DESC, n.id DESC LIMIT :most
)
JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
ORDER BY u.action_id, u.at DESC, u.id DESC;

-- name: held
SELECT u.*, t.body, t.reading, p.name AS author
FROM json_each(:ids) a
JOIN updates u ON u.site_id = :site AND u.action_id = a.value AND u.visibility <> 'public'
JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
ORDER BY u.id;

-- name: of_plan
SELECT u.*, t.body, t.reading, p.name AS author
FROM updates u
JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
WHERE u.site_id = :site AND u.plan_id = :plan_id AND u.standing = 1
/* filters */
ORDER BY u.at, u.id;

-- name: where_since
AND u.at >= :since

-- name: where_until
AND u.at < :until

-- name: where_meeting
AND u.meeting_id = :meeting_id

-- name: search
SELECT u.*, t.body, t.reading, p.name AS author
FROM update_words w
JOIN texts t ON t.id = w.rowid AND t.site_id = :site
JOIN updates u ON u.site_id = t.site_id AND u.text_id = t.id
JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
WHERE update_words MATCH :terms AND u.plan_id = :plan_id AND u.standing = 1
ORDER BY w.rank, u.id DESC LIMIT :limit;

-- name: set_visibility
UPDATE updates SET visibility = :visibility WHERE site_id = :site AND id = :update_id;

-- name: add_measure
INSERT INTO measures (site_id, update_id, action_id, text_id) VALUES (:site, :update_id, :action_id, :text_id)
RETURNING id;

-- name: measures
SELECT t.body, m.action_id, u.at, u.id AS update_id
FROM json_each(:ids) a
JOIN measures m ON m.site_id = :site AND m.action_id = a.value
JOIN updates u ON u.site_id = m.site_id AND u.id = m.update_id
JOIN texts t ON t.site_id = m.site_id AND t.id = m.text_id
WHERE u.standing = 1 AND t.body IS NOT NULL
ORDER BY u.at, m.id;

-- name: add_unplaced
INSERT INTO unplaced_texts (site_id, plan_id, person_id, text_id, source, at)
VALUES (:site, :plan_id, :person_id, :text_id, :source, :at)
RETURNING id;

-- name: unplaced
SELECT w.*, t.body FROM unplaced_texts w JOIN texts t ON t.site_id = w.site_id AND t.id = w.text_id
WHERE w.site_id = :site AND w.id = :unplaced_id AND w.settled_at IS NULL AND t.body IS NOT NULL;

-- name: unplaced_at
SELECT max(w.id) AS id FROM unplaced_texts w
WHERE w.site_id = :site AND w.person_id = :person_id AND w.source = :source AND w.settled_at IS NULL;

-- name: unplaced_since
SELECT 1 AS yes FROM unplaced_texts
WHERE site_id = :site AND person_id = :person_id AND at > :since AND settled_at IS NULL LIMIT 1;

-- name: settle_unplaced
UPDATE unplaced_texts SET settled_at = :at WHERE site_id = :site AND id = :unplaced_id AND settled_at IS NULL;

-- name: unplaced_of
SELECT w.*, t.body FROM unplaced_texts w JOIN texts t ON t.site_id = w.site_id AND t.id = w.text_id
WHERE w.site_id = :site AND w.plan_id = :plan_id AND w.settled_at IS NULL AND t.body IS NOT NULL
ORDER BY w.id;

-- name: add_prompt
INSERT INTO prompts (site_id, plan_id, person_id, meeting_id, sent_at, surface, conversation)
VALUES (:site, :plan_id, :person_id, :meeting_id, :sent_at, :surface, :conversation)
RETURNING id;

-- name: add_prompt_action
INSERT INTO prompt_actions (site_id, prompt_id, position, action_id)
VALUES (:site, :prompt_id, :position, :action_id);

-- name: mark_prompt
UPDATE prompts SET conversation = :conversation, message_id = :message_id
WHERE site_id = :site AND id = :prompt_id;

-- name: prompt_actions
SELECT prompt_id, action_id FROM prompt_actions
WHERE site_id = :site AND prompt_id IN (SELECT value FROM json_each(:ids))
ORDER BY prompt_id, position;

-- name: prompt
SELECT * FROM prompts WHERE site_id = :site AND id = :prompt_id;

-- name: open_prompts
SELECT p.* FROM prompts p
LEFT JOIN meetings m ON m.site_id = p.site_id AND m.id = p.meeting_id
WHERE p.site_id = :site AND p.person_id = :person_id
AND (m.id IS NULL OR m.state NOT IN ('held', 'cancelled'))
ORDER BY p.sent_at DESC, p.id DESC;

-- name: prompts_of
SELECT * FROM prompts WHERE site_id = :site AND plan_id = :plan_id AND meeting_id = :meeting_id ORDER BY id;

-- name: prompt_at
SELECT * FROM prompts
WHERE site_id = :site AND surface = :surface AND message_id = :message_id AND conversation = :conversation
ORDER BY id DESC LIMIT 1;
