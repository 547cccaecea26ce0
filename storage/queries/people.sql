-- name: all
SELECT * FROM people WHERE site_id = :site AND name IS NOT NULL ORDER BY name COLLATE NOCASE, id;

-- name: get
SELECT * FROM people WHERE site_id = :site AND id = :person_id;

-- name: by_account
SELECT p.* FROM people p JOIN accounts a ON a.site_id = p.site_id AND a.person_id = p.id
WHERE a.site_id = :site AND a.surface = :surface AND a.user_id = :user_id;

-- name: by_email
SELECT * FROM people WHERE site_id = :site AND lower(email) = lower(:email) ORDER BY id LIMIT 1;

-- name: accounts
SELECT * FROM accounts WHERE site_id = :site ORDER BY surface, user_id;

-- name: accounts_of
SELECT * FROM accounts WHERE site_id = :site AND person_id = :person_id ORDER BY surface, user_id;

-- name: add
INSERT INTO people (site_id, name, email, organisation_id) VALUES (:site, :name, :email, :organisation_id)
RETURNING id;

-- name: change
UPDATE people
SET name = :name, email = :email, away_until = :away_until, deputy_id = :deputy_id,
    organisation_id = :organisation_id, active = :active
WHERE site_id = :site AND id = :person_id;

-- name: set_account
INSERT INTO accounts (site_id, surface, user_id, person_id, conversation, details)
VALUES (:site, :surface, :user_id, :person_id, :conversation, :details)
ON CONFLICT (site_id, surface, user_id) DO UPDATE
SET person_id = excluded.person_id, conversation = coalesce(excluded.conversation, conversation),
    details = excluded.details;

-- name: organisations
SELECT * FROM organisations WHERE site_id = :site ORDER BY name COLLATE NOCASE;

-- name: organisation_by_key
SELECT * FROM organisations WHERE site_id = :site AND name_key = :name_key;

-- name: add_organisation
INSERT INTO organisations (site_id, name, name_key) VALUES (:site, :name, :name_key) RETURNING id;

-- name: change_organisation
UPDATE organisations
SET name = :name, name_key = :name_key, by_return = :by_return, clearing_officer_id = :clearing_officer_id
WHERE site_id = :site AND id = :organisation_id;

-- name: post_by_key
SELECT * FROM posts WHERE site_id = :site AND name_key = :name_key;

-- name: add_post
INSERT INTO posts (site_id, name, name_key) VALUES (:site, :name, :name_key) RETURNING id;

-- name: end_holdings
UPDATE holdings SET until = :until
WHERE site_id = :site AND post_id = :post_id AND since <= :since AND (until IS NULL OR until >= :since);

-- name: add_holding
INSERT INTO holdings (site_id, post_id, person_id, since, until)
VALUES (:site, :post_id, :person_id, :since, :until)
RETURNING id;

-- name: holder
SELECT p.* FROM holdings h JOIN people p ON p.site_id = h.site_id AND p.id = h.person_id
WHERE h.site_id = :site AND h.post_id = :post_id AND h.since <= :day AND (h.until IS NULL OR h.until >= :day)
ORDER BY h.since DESC, h.id DESC LIMIT 1;

-- name: represented_by
SELECT * FROM people WHERE site_id = :site AND deputy_id = :person_id ORDER BY id;

-- name: parties
SELECT ao.action_id, ao.role, po.printed, po.person_id, po.post_id, po.organisation_id,
    CASE
        WHEN po.person_id IS NOT NULL THEN po.person_id
        WHEN po.post_id IS NOT NULL THEN (
            SELECT h.person_id FROM holdings h
            WHERE h.site_id = :site AND h.post_id = po.post_id
            AND h.since <= :day AND (h.until IS NULL OR h.until >= :day)
            ORDER BY h.since DESC, h.id DESC LIMIT 1
        )
        ELSE o.clearing_officer_id
    END AS asked_id
FROM actions a
JOIN action_owners ao ON ao.site_id = a.site_id AND ao.action_id = a.id
JOIN printed_owners po ON po.site_id = ao.site_id AND po.id = ao.printed_owner_id
LEFT JOIN organisations o ON o.site_id = po.site_id AND o.id = po.organisation_id
WHERE a.site_id = :site
/* filters */
ORDER BY a.position, ao.role DESC, ao.position;

-- name: where_plan
AND a.plan_id = :plan_id

-- name: where_action
AND a.id = :action_id

-- name: printed_owners
SELECT po.printed, count(DISTINCT ao.action_id) AS actions
FROM printed_owners po
JOIN action_owners ao ON ao.site_id = po.site_id AND ao.printed_owner_id = po.id
JOIN actions a ON a.site_id = ao.site_id AND a.id = ao.action_id AND a.dropped = 0
WHERE po.site_id = :site AND po.plan_id = :plan_id
GROUP BY po.id ORDER BY po.printed COLLATE NOCASE;

-- name: find_printed
SELECT * FROM printed_owners
WHERE site_id = :site AND plan_id = :plan_id AND (printed_key = :key OR lower(meaning) = :key)
ORDER BY printed_key = :key DESC LIMIT 1;

-- name: add_printed
INSERT INTO printed_owners (site_id, plan_id, printed, printed_key, meaning)
VALUES (:site, :plan_id, :printed, :printed_key, :meaning)
ON CONFLICT (site_id, plan_id, printed_key) DO UPDATE SET meaning = coalesce(excluded.meaning, meaning)
RETURNING id;

-- name: map_printed
UPDATE printed_owners SET person_id = :person_id, post_id = :post_id, organisation_id = :organisation_id
WHERE site_id = :site AND id = :printed_id;

-- name: actions_of_printed
SELECT count(DISTINCT ao.action_id) AS actions
FROM action_owners ao JOIN actions a ON a.site_id = ao.site_id AND a.id = ao.action_id AND a.dropped = 0
WHERE ao.site_id = :site AND ao.printed_owner_id = :printed_id;

-- name: clear_action_owners
DELETE FROM action_owners WHERE site_id = :site AND action_id = :action_id;

-- name: add_action_owner
INSERT INTO action_owners (site_id, action_id, role, position, printed_owner_id)
VALUES (:site, :action_id, :role, :position, :printed_owner_id);

-- name: roles
SELECT role FROM roles
WHERE site_id = :site AND person_id = :person_id AND (plan_id IS NULL OR plan_id = :plan_id);

-- name: owns
SELECT 1 AS yes
FROM printed_owners po
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
LIMIT 1;

-- name: give_role
INSERT INTO roles (site_id, person_id, plan_id, role) VALUES (:site, :person_id, :plan_id, :role)
ON CONFLICT DO NOTHING;

-- name: take_role
DELETE FROM roles
WHERE site_id = :site AND person_id = :person_id AND role = :role AND coalesce(plan_id, 0) = coalesce(:plan_id, 0);

-- name: with_role
SELECT DISTINCT p.* FROM people p JOIN roles r ON r.site_id = p.site_id AND r.person_id = p.id
WHERE p.site_id = :site AND r.role = :role AND (r.plan_id IS NULL OR r.plan_id = :plan_id) AND p.active = 1
ORDER BY p.name COLLATE NOCASE;
