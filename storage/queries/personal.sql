-- name: texts_of
SELECT text_id AS id FROM updates WHERE site_id = :site AND author_id = :person_id
UNION SELECT m.text_id FROM measures m JOIN updates u ON u.site_id = m.site_id AND u.id = m.update_id
    WHERE m.site_id = :site AND u.author_id = :person_id
UNION SELECT text_id FROM unplaced_texts WHERE site_id = :site AND person_id = :person_id
UNION SELECT reason_id FROM date_requests WHERE site_id = :site AND asked_by_id = :person_id AND reason_id IS NOT NULL
UNION SELECT note_id FROM evidence WHERE site_id = :site AND by_id = :person_id AND note_id IS NOT NULL
UNION SELECT note_id FROM states WHERE site_id = :site AND by_id = :person_id AND note_id IS NOT NULL
UNION SELECT answer_id FROM challenges
    WHERE site_id = :site AND answered_by_id = :person_id AND answer_id IS NOT NULL
UNION SELECT c.words_id FROM challenges c
    JOIN updates u ON u.site_id = c.site_id AND u.action_id = c.action_id AND u.author_id = :person_id
    WHERE c.site_id = :site
UNION SELECT why_id FROM audit WHERE site_id = :site AND actor_id = :person_id AND why_id IS NOT NULL
UNION SELECT i.content_id FROM accounts a
    JOIN inbox i ON i.site_id = a.site_id AND i.surface = a.surface
    JOIN texts t ON t.site_id = i.site_id AND t.id = i.content_id
    WHERE a.site_id = :site AND a.person_id = :person_id AND json_extract(t.body, '$.user_id') = a.user_id
UNION SELECT o.content_id FROM outbox o
    JOIN texts t ON t.site_id = o.site_id AND t.id = o.content_id
    LEFT JOIN accounts a ON a.site_id = o.site_id AND a.surface = o.surface AND a.conversation = o.conversation
        AND a.person_id = :person_id
    WHERE o.site_id = :site AND (a.person_id IS NOT NULL OR instr(lower(t.body), lower(:name)) > 0);

-- name: texts_before
SELECT text_id AS id FROM updates WHERE site_id = :site AND plan_id = :plan_id AND at < :before
UNION SELECT m.text_id FROM measures m JOIN updates u ON u.site_id = m.site_id AND u.id = m.update_id
    WHERE m.site_id = :site AND u.plan_id = :plan_id AND u.at < :before
UNION SELECT text_id FROM unplaced_texts WHERE site_id = :site AND plan_id = :plan_id AND at < :before
UNION SELECT reason_id FROM date_requests
    WHERE site_id = :site AND plan_id = :plan_id AND asked_at < :before AND reason_id IS NOT NULL
UNION SELECT words_id FROM challenges WHERE site_id = :site AND plan_id = :plan_id AND at < :before
UNION SELECT answer_id FROM challenges
    WHERE site_id = :site AND plan_id = :plan_id AND answered_at < :before AND answer_id IS NOT NULL
UNION SELECT content_id FROM inbox WHERE site_id = :site AND state = 'done' AND received_at < :before
UNION SELECT content_id FROM outbox
    WHERE site_id = :site AND state IN ('sent', 'superseded', 'failed') AND created_at < :before;

-- name: erase_texts
UPDATE texts SET body = NULL, summary = NULL, reading = NULL
WHERE site_id = :site AND id IN (SELECT value FROM json_each(:ids)) AND body IS NOT NULL;

-- name: close_inbox
UPDATE inbox SET state = 'done', claimed_until = NULL, reason = 'erased'
WHERE site_id = :site AND state <> 'done' AND content_id IN (SELECT value FROM json_each(:ids));

-- name: close_outbox
UPDATE outbox SET state = 'superseded', claimed_until = NULL, reason = 'erased'
WHERE site_id = :site AND state IN ('new', 'claimed', 'unsure') AND content_id IN (SELECT value FROM json_each(:ids))
AND coalesce(still, '') NOT LIKE 'made:%';  -- those are made anew when they go

-- name: settle_unplaced
UPDATE unplaced_texts SET settled_at = :at WHERE site_id = :site AND person_id = :person_id AND settled_at IS NULL;

-- name: merge_search_index
INSERT INTO update_words (update_words) VALUES ('optimize');

-- name: erase_person
UPDATE people
SET name = NULL, email = NULL, away_until = NULL, deputy_id = NULL, organisation_id = NULL, active = 0
WHERE site_id = :site AND id = :person_id;

-- name: erase_accounts
DELETE FROM accounts WHERE site_id = :site AND person_id = :person_id;

-- name: erase_files
DELETE FROM kept_files WHERE site_id = :site AND person_id = :person_id;

-- name: erase_roles
DELETE FROM roles WHERE site_id = :site AND person_id = :person_id;

-- name: erase_printed_owners
UPDATE printed_owners SET printed = :erased, printed_key = 'erased ' || id, meaning = NULL, person_id = NULL
WHERE site_id = :site AND (person_id = :person_id OR instr(lower(printed), lower(:name)) > 0);

-- name: erase_action_cells
UPDATE actions SET owner = replace(owner, :name, :erased), lead = replace(lead, :name, :erased)
WHERE site_id = :site AND (instr(owner, :name) > 0 OR instr(lead, :name) > 0);

-- name: erase_theme_cells
UPDATE themes
SET lead = replace(lead, :name, :erased), reporting_officer = replace(reporting_officer, :name, :erased)
WHERE site_id = :site AND (instr(lead, :name) > 0 OR instr(reporting_officer, :name) > 0);

-- name: erase_chairs
UPDATE meetings SET chair = replace(chair, :name, :erased) WHERE site_id = :site AND instr(chair, :name) > 0;

-- name: erase_arising_owners
UPDATE arisings SET owner = replace(owner, :name, :erased), person_id = nullif(person_id, :person_id)
WHERE site_id = :site AND (person_id = :person_id OR instr(owner, :name) > 0);

-- name: erase_document_cells
UPDATE documents SET content = replace(content, :name, :erased)
WHERE site_id = :site AND instr(content, :name) > 0;

-- name: naming_documents
SELECT filename, version FROM documents WHERE site_id = :site AND instr(content, :name) > 0 ORDER BY id;

-- name: naming_papers
SELECT DISTINCT i.name, m.forum, m.day FROM issued i
JOIN meetings m ON m.site_id = i.site_id AND m.id = i.meeting_id
JOIN updates u ON u.site_id = i.site_id AND u.plan_id = i.plan_id AND u.author_id = :person_id AND u.at <= i.at
WHERE i.site_id = :site ORDER BY i.id;

-- name: updates
SELECT u.at, u.via, u.kind, u.visibility, p.slug AS plan, coalesce(a.ref, '#' || a.handle) AS action, t.body AS text
FROM updates u
JOIN actions a ON a.site_id = u.site_id AND a.id = u.action_id
JOIN plans p ON p.site_id = u.site_id AND p.id = u.plan_id
JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
WHERE u.site_id = :site AND u.author_id = :person_id ORDER BY u.at, u.id;

-- name: waiting_words
SELECT w.at, t.body AS text FROM unplaced_texts w JOIN texts t ON t.site_id = w.site_id AND t.id = w.text_id
WHERE w.site_id = :site AND w.person_id = :person_id ORDER BY w.id;

-- name: prompts
SELECT sent_at, surface FROM prompts WHERE site_id = :site AND person_id = :person_id ORDER BY id;

-- name: posts
SELECT p.name, h.since, h.until FROM holdings h JOIN posts p ON p.site_id = h.site_id AND p.id = h.post_id
WHERE h.site_id = :site AND h.person_id = :person_id ORDER BY h.since;

-- name: roles
SELECT r.role, p.slug AS plan FROM roles r LEFT JOIN plans p ON p.site_id = r.site_id AND p.id = r.plan_id
WHERE r.site_id = :site AND r.person_id = :person_id ORDER BY r.id;

-- name: owned
SELECT p.slug AS plan, po.printed FROM printed_owners po JOIN plans p ON p.site_id = po.site_id AND p.id = po.plan_id
WHERE po.site_id = :site AND po.person_id = :person_id ORDER BY po.id;

-- name: date_requests
SELECT d.asked_at, coalesce(a.ref, '#' || a.handle) AS action, d.wanted_text AS wanted, t.body AS reason
FROM date_requests d
JOIN actions a ON a.site_id = d.site_id AND a.id = d.action_id
LEFT JOIN texts t ON t.site_id = d.site_id AND t.id = d.reason_id
WHERE d.site_id = :site AND d.asked_by_id = :person_id ORDER BY d.id;

-- name: evidence
SELECT e.at, coalesce(a.ref, '#' || a.handle) AS action, e.link, t.body AS note FROM evidence e
JOIN actions a ON a.site_id = e.site_id AND a.id = e.action_id
LEFT JOIN texts t ON t.site_id = e.site_id AND t.id = e.note_id
WHERE e.site_id = :site AND e.by_id = :person_id ORDER BY e.id;

-- name: answers
SELECT c.answered_at AS at, coalesce(a.ref, '#' || a.handle) AS action, t.body AS answer FROM challenges c
JOIN actions a ON a.site_id = c.site_id AND a.id = c.action_id
JOIN texts t ON t.site_id = c.site_id AND t.id = c.answer_id
WHERE c.site_id = :site AND c.answered_by_id = :person_id ORDER BY c.id;

-- name: messages
SELECT i.received_at, i.surface, t.body AS content FROM accounts a
JOIN inbox i ON i.site_id = a.site_id AND i.surface = a.surface
JOIN texts t ON t.site_id = i.site_id AND t.id = i.content_id
WHERE a.site_id = :site AND a.person_id = :person_id AND json_extract(t.body, '$.user_id') = a.user_id
ORDER BY i.id;

-- name: changes
SELECT count(*) AS changes, min(at) AS first, max(at) AS last FROM audit
WHERE site_id = :site AND actor_id = :person_id;
