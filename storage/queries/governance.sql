-- name: add_rating
INSERT INTO ratings (site_id, plan_id, action_id, scale, label, stage, source, at, by_id, meeting_id, update_id)
VALUES (:site, :plan_id, :action_id, :scale, :label, :stage, :source, :at, :by_id, :meeting_id, :update_id)
RETURNING id;

-- name: current
SELECT r.* FROM current_ratings c JOIN ratings r ON r.site_id = c.site_id AND r.id = c.rating_id
WHERE c.site_id = :site AND c.action_id = :action_id AND c.scale = :scale AND c.stage = :stage;

-- name: set_current
INSERT INTO current_ratings (site_id, action_id, scale, stage, rating_id)
VALUES (:site, :action_id, :scale, :stage, :rating_id)
ON CONFLICT (site_id, action_id, scale, stage) DO UPDATE SET rating_id = excluded.rating_id;

-- name: clear_current
DELETE FROM current_ratings
WHERE site_id = :site AND action_id = :action_id AND scale = :scale AND stage = :stage;

-- name: rating_history
SELECT * FROM ratings WHERE site_id = :site AND action_id = :action_id ORDER BY at, id;

-- name: agreed_as_at
SELECT r.action_id, r.scale, r.label FROM ratings r
WHERE r.id IN (
    SELECT max(n.id) FROM ratings n
    WHERE n.site_id = :site AND n.plan_id = :plan_id AND n.stage = 'agreed' AND n.at <= :at
    GROUP BY n.action_id, n.scale
);

-- name: replace_requests
UPDATE date_requests SET outcome = 'replaced', decided_at = :at
WHERE site_id = :site AND action_id = :action_id AND coalesce(step_no, '') = coalesce(:step_no, '')
AND outcome IS NULL;

-- name: add_request
INSERT INTO date_requests (
    site_id, plan_id, action_id, step_no, was_text, was_start, was_end, was_kind, was_impossible,
    wanted_text, wanted_start, wanted_end, wanted_kind, wanted_impossible,
    reason_id, asked_by_id, asked_at, update_id, outcome, decided_at, meeting_id
) VALUES (
    :site, :plan_id, :action_id, :step_no, :was_text, :was_start, :was_end, :was_kind, :was_impossible,
    :wanted_text, :wanted_start, :wanted_end, :wanted_kind, :wanted_impossible,
    :reason_id, :asked_by_id, :asked_at, :update_id, :outcome, :decided_at, :meeting_id
) RETURNING id;

-- name: request
SELECT d.*, t.body AS reason FROM date_requests d
LEFT JOIN texts t ON t.site_id = d.site_id AND t.id = d.reason_id
WHERE d.site_id = :site AND d.id = :request_id;

-- name: settle_request
UPDATE date_requests SET outcome = :outcome, decided_at = :at, meeting_id = :meeting_id
WHERE site_id = :site AND id = :request_id;

-- name: requests
SELECT d.*, t.body AS reason FROM date_requests d
JOIN actions a ON a.site_id = d.site_id AND a.id = d.action_id
LEFT JOIN texts t ON t.site_id = d.site_id AND t.id = d.reason_id
WHERE d.site_id = :site AND d.plan_id = :plan_id
/* filters */
ORDER BY a.position, d.id;

-- name: where_request_open
AND d.outcome IS NULL

-- name: ledger
SELECT d.*, t.body AS reason FROM date_requests d
LEFT JOIN texts t ON t.site_id = d.site_id AND t.id = d.reason_id
WHERE d.site_id = :site AND d.action_id IN (SELECT value FROM json_each(:ids))
ORDER BY d.asked_at, d.id;

-- name: add_claim
INSERT INTO claims (site_id, plan_id, action_id, update_id, claimed_by_id, claimed_at)
VALUES (:site, :plan_id, :action_id, :update_id, :claimed_by_id, :claimed_at)
RETURNING id;

-- name: claim
SELECT * FROM claims WHERE site_id = :site AND id = :claim_id;

-- name: change_claim
UPDATE claims
SET sustain_months = :sustain_months, sustained = :sustained, outcome = :outcome, meeting_id = :meeting_id
WHERE site_id = :site AND id = :claim_id;

-- name: claims
SELECT c.* FROM claims c JOIN actions a ON a.site_id = c.site_id AND a.id = c.action_id
WHERE c.site_id = :site AND c.plan_id = :plan_id
/* filters */
ORDER BY a.position, c.id;

-- name: where_claim_open
AND c.outcome IS NULL

-- name: claim_of
SELECT * FROM claims
WHERE site_id = :site AND action_id = :action_id AND coalesce(outcome, 'agreed') = 'agreed'
ORDER BY id DESC LIMIT 1;

-- name: add_evidence
INSERT INTO evidence (site_id, action_id, link, note_id, at, by_id)
VALUES (:site, :action_id, :link, :note_id, :at, :by_id)
RETURNING id;

-- name: evidence_by_id
SELECT e.*, t.body AS note FROM evidence e
LEFT JOIN texts t ON t.site_id = e.site_id AND t.id = e.note_id
WHERE e.site_id = :site AND e.id = :evidence_id;

-- name: check_evidence
UPDATE evidence SET checked_by_id = :by_id, checked_at = :at WHERE site_id = :site AND id = :evidence_id;

-- name: evidence
SELECT e.*, t.body AS note FROM evidence e
LEFT JOIN texts t ON t.site_id = e.site_id AND t.id = e.note_id
WHERE e.site_id = :site AND e.action_id IN (SELECT value FROM json_each(:ids)) ORDER BY e.id;

-- name: add_decision
INSERT INTO decisions (
    site_id, plan_id, meeting_id, action_id, kind, subject, scale, label, due, words_id, recorded_by_id, at,
    recommended
) VALUES (
    :site, :plan_id, :meeting_id, :action_id, :kind, :subject, :scale, :label, :due, :words_id, :recorded_by_id,
    :at, :recommended
) RETURNING id;

-- name: decision
SELECT d.*, t.body AS words FROM decisions d
LEFT JOIN texts t ON t.site_id = d.site_id AND t.id = d.words_id
WHERE d.site_id = :site AND d.id = :decision_id;

-- name: ratify
UPDATE decisions SET ratified_by_meeting_id = :meeting_id WHERE site_id = :site AND id = :decision_id;

-- name: decisions
SELECT d.*, t.body AS words FROM decisions d
LEFT JOIN texts t ON t.site_id = d.site_id AND t.id = d.words_id
WHERE d.site_id = :site AND d.plan_id = :plan_id
/* filters */
ORDER BY d.id;

-- name: where_meeting
AND d.meeting_id = :meeting_id

-- name: newest_challenge
SELECT * FROM challenges
WHERE site_id = :site AND plan_id = :plan_id AND action_id = :action_id AND rule = :rule
ORDER BY id DESC LIMIT 1;

-- name: add_challenge
INSERT INTO challenges (site_id, plan_id, action_id, rule, words_id, fingerprint, at)
VALUES (:site, :plan_id, :action_id, :rule, :words_id, :fingerprint, :at)
RETURNING id;

-- name: challenge
SELECT * FROM challenges WHERE site_id = :site AND id = :challenge_id;

-- name: answer_challenge
UPDATE challenges SET answer_id = :answer_id, answered_by_id = :by_id, answered_at = :at
WHERE site_id = :site AND id = :challenge_id;

-- name: challenges
SELECT c.id, c.action_id, c.rule, c.fingerprint, w.body AS words,
    CASE WHEN c.answer_id IS NOT NULL THEN coalesce(r.body, '(erased)') END AS answer
FROM challenges c
JOIN actions a ON a.site_id = c.site_id AND a.id = c.action_id
JOIN texts w ON w.site_id = c.site_id AND w.id = c.words_id
LEFT JOIN texts r ON r.site_id = c.site_id AND r.id = c.answer_id
WHERE c.site_id = :site AND c.plan_id = :plan_id
AND c.id IN (
    SELECT max(n.id) FROM challenges n
    WHERE n.site_id = :site AND n.plan_id = :plan_id GROUP BY n.action_id, n.rule
)
ORDER BY a.position, c.id;
