-- name: standing
SELECT id, plan_id, state, due_text, due_start, due_end, due_kind, due_impossible, slips
FROM actions WHERE site_id = :site AND id = :action_id;

-- name: touch
UPDATE actions SET changed_at = :at WHERE site_id = :site AND id = :action_id;

-- name: set_due
UPDATE actions
SET due_text = :due_text, due_start = :due_start, due_end = :due_end, due_kind = :due_kind,
    due_impossible = :due_impossible, slips = slips + :slip, changed_at = :at
WHERE site_id = :site AND id = :action_id;

-- name: set_state
UPDATE actions SET state = :state, state_note_id = :note_id, changed_at = :at
WHERE site_id = :site AND id = :action_id;

-- name: add_state
INSERT INTO states (site_id, action_id, state, note_id, at, by_id, meeting_id)
VALUES (:site, :action_id, :state, :note_id, :at, :by_id, :meeting_id)
RETURNING id;

-- name: refresh_last_update
UPDATE actions
SET changed_at = :at,
    last_update_id = (
        SELECT u.id FROM updates u
        WHERE u.site_id = :site AND u.action_id = :action_id AND u.standing = 1
        ORDER BY u.at DESC, u.id DESC LIMIT 1
    )
WHERE site_id = :site AND id = :action_id;

-- name: step
SELECT s.*, a.plan_id FROM steps s JOIN actions a ON a.site_id = s.site_id AND a.id = s.action_id
WHERE s.site_id = :site AND s.id = :step_id;

-- name: step_by_no
SELECT * FROM steps WHERE site_id = :site AND action_id = :action_id AND no = :no AND dropped = 0;

-- name: set_step_done
UPDATE steps SET done = :done WHERE site_id = :site AND id = :step_id;

-- name: set_step_due
UPDATE steps
SET due_text = :due_text, due_start = :due_start, due_end = :due_end, due_kind = :due_kind,
    due_impossible = :due_impossible
WHERE site_id = :site AND id = :step_id;

-- name: by_ids
SELECT * FROM actions
WHERE site_id = :site AND id IN (SELECT value FROM json_each(:ids))
ORDER BY plan_id, position;

-- name: by_ref
SELECT * FROM actions
WHERE site_id = :site AND plan_id = :plan_id AND ref = :ref COLLATE NOCASE
ORDER BY dropped, position;

-- name: by_handle
SELECT * FROM actions WHERE site_id = :site AND plan_id = :plan_id AND handle = :handle;

-- name: of_plan
SELECT * FROM actions WHERE site_id = :site AND plan_id = :plan_id ORDER BY position;

-- name: refs
SELECT DISTINCT ref, min(position) AS position FROM actions
WHERE site_id = :site AND plan_id = :plan_id AND ref IS NOT NULL AND dropped = 0
GROUP BY ref ORDER BY position;

-- name: steps_of
SELECT * FROM steps
WHERE site_id = :site AND action_id IN (SELECT value FROM json_each(:ids)) AND dropped = 0
ORDER BY action_id, position;

-- name: views
SELECT a.*, n.body AS state_note,
    u.at AS last_at, u.link AS last_link, u.kind AS last_kind, u.visibility AS last_visibility,
    p.name AS last_author, t.summary AS last_summary, t.body AS last_body
FROM actions a
LEFT JOIN texts n ON n.site_id = a.site_id AND n.id = a.state_note_id
LEFT JOIN updates u ON u.site_id = a.site_id AND u.id = a.last_update_id
LEFT JOIN people p ON p.site_id = u.site_id AND p.id = u.author_id
LEFT JOIN texts t ON t.site_id = u.site_id AND t.id = u.text_id
WHERE a.site_id = :site AND a.plan_id = :plan_id
/* filters */
ORDER BY a.position;

-- name: where_present
AND a.dropped = 0

-- name: where_themes
AND a.theme_id IN (
    WITH RECURSIVE inside (id) AS (
        SELECT value FROM json_each(:theme_ids)
        UNION
        SELECT c.id FROM themes c JOIN inside ON c.parent_id = inside.id WHERE c.site_id = :site
    )
    SELECT id FROM inside
)

-- name: where_actions
AND a.id IN (SELECT value FROM json_each(:action_ids))

-- name: where_states
AND a.state IN (SELECT value FROM json_each(:states))

-- name: where_due_before
AND a.due_end < :due_before

-- name: where_changed_since
AND a.changed_at >= :changed_since

-- name: where_person
AND a.id IN (
    SELECT ao.action_id
    FROM printed_owners po
    JOIN action_owners ao ON ao.site_id = po.site_id AND ao.printed_owner_id = po.id
    WHERE po.site_id = :site AND po.plan_id = :plan_id AND (
        po.person_id = :person_id
        OR po.organisation_id IN (
            SELECT o.id FROM organisations o WHERE o.site_id = :site AND o.clearing_officer_id = :person_id
        )
        OR po.post_id IN (
            SELECT h.post_id FROM holdings h
            WHERE h.site_id = :site AND h.person_id = :person_id
            AND h.since <= :day AND (h.until IS NULL OR h.until >= :day)
        )
    )
)

-- name: current_ratings
SELECT r.* FROM current_ratings c
JOIN ratings r ON r.site_id = c.site_id AND r.id = c.rating_id
WHERE c.site_id = :site AND c.action_id IN (SELECT value FROM json_each(:ids));

-- name: open_requests
SELECT * FROM date_requests
WHERE site_id = :site AND action_id IN (SELECT value FROM json_each(:ids))
AND outcome IS NULL ORDER BY id;

-- name: add
INSERT INTO actions (
    site_id, plan_id, handle, position, ref, theme_id, text, owner, lead,
    baseline_text, baseline_start, baseline_end, baseline_kind, baseline_impossible,
    strength, committee, promise, progress, regulation, core_service, extra,
    due_text, due_start, due_end, due_kind, due_impossible, slips, changed_at
) VALUES (
    :site, :plan_id, :handle, :position, :ref, :theme_id, :text, :owner, :lead,
    :baseline_text, :baseline_start, :baseline_end, :baseline_kind, :baseline_impossible,
    :strength, :committee, :promise, :progress, :regulation, :core_service, :extra,
    :due_text, :due_start, :due_end, :due_kind, :due_impossible, 0, :at
) RETURNING id;

-- name: revise
UPDATE actions
SET position = :position, ref = :ref, theme_id = :theme_id, text = :text, owner = :owner, lead = :lead,
    strength = :strength, committee = :committee, promise = :promise, progress = :progress,
    regulation = :regulation, core_service = :core_service, extra = :extra, dropped = 0
WHERE site_id = :site AND id = :action_id;

-- name: last_handle
SELECT coalesce(max(handle), 0) AS handle FROM actions WHERE site_id = :site AND plan_id = :plan_id;

-- name: drop
UPDATE actions SET dropped = 1, changed_at = :at WHERE site_id = :site AND id = :action_id;

-- name: add_step
INSERT INTO steps (
    site_id, action_id, position, no, text, due_text, due_start, due_end, due_kind, due_impossible
) VALUES (
    :site, :action_id, :position, :no, :text, :due_text, :due_start, :due_end, :due_kind, :due_impossible
) RETURNING id;

-- name: revise_step
UPDATE steps
SET position = :position, text = :text, due_text = :due_text, due_start = :due_start, due_end = :due_end,
    due_kind = :due_kind, due_impossible = :due_impossible, dropped = 0
WHERE site_id = :site AND id = :step_id;

-- name: all_steps
SELECT * FROM steps WHERE site_id = :site AND action_id = :action_id ORDER BY position;

-- name: drop_step
UPDATE steps SET dropped = 1 WHERE site_id = :site AND id = :step_id;
