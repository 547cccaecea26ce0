-- name: all
SELECT * FROM plans WHERE site_id = :site ORDER BY id;

-- name: by_slug
SELECT * FROM plans WHERE site_id = :site AND slug = :slug;

-- name: by_id
SELECT * FROM plans WHERE site_id = :site AND id = :plan_id;

-- name: of_action
SELECT p.* FROM plans p JOIN actions a ON a.site_id = p.site_id AND a.plan_id = p.id
WHERE a.site_id = :site AND a.id = :action_id;

-- name: add
INSERT INTO plans (site_id, slug, title, as_of, version) VALUES (:site, :slug, :title, :as_of, :version)
RETURNING id;

-- name: revise
UPDATE plans SET title = :title, as_of = :as_of, version = :version WHERE site_id = :site AND id = :plan_id;

-- name: scales
SELECT * FROM scales WHERE site_id = :site AND plan_id IN (SELECT value FROM json_each(:ids)) ORDER BY id;

-- name: set_scale
INSERT INTO scales (site_id, plan_id, name, title, ratings, setter)
VALUES (:site, :plan_id, :name, :title, :ratings, :setter)
ON CONFLICT (site_id, plan_id, name)
DO UPDATE SET title = excluded.title, ratings = excluded.ratings, setter = excluded.setter
RETURNING id;

-- name: settings
SELECT * FROM plan_settings
WHERE site_id = :site AND plan_id IN (SELECT value FROM json_each(:ids)) ORDER BY name;

-- name: set_setting
INSERT INTO plan_settings (site_id, plan_id, name, value) VALUES (:site, :plan_id, :name, :value)
ON CONFLICT (site_id, plan_id, name) DO UPDATE SET value = excluded.value;

-- name: clear_setting
DELETE FROM plan_settings WHERE site_id = :site AND plan_id = :plan_id AND name = :name;

-- name: versions
SELECT id, version, filename, imported_at FROM documents
WHERE site_id = :site AND plan_id = :plan_id ORDER BY id DESC;

-- name: newest_document
SELECT content, sha256 FROM documents WHERE site_id = :site AND plan_id = :plan_id ORDER BY id DESC LIMIT 1;

-- name: add_document
INSERT INTO documents (site_id, plan_id, sha256, version, filename, content, original, imported_at)
VALUES (:site, :plan_id, :sha256, :version, :filename, :content, :original, :at)
RETURNING id;

-- name: themes
SELECT * FROM themes WHERE site_id = :site AND plan_id = :plan_id ORDER BY position, id;

-- name: add_theme
INSERT INTO themes (site_id, plan_id, position, ref, title, lead, reporting_officer)
VALUES (:site, :plan_id, :position, :ref, :title, :lead, :reporting_officer)
RETURNING id;

-- name: revise_theme
UPDATE themes
SET position = :position, ref = :ref, title = :title, lead = :lead, reporting_officer = :reporting_officer
WHERE site_id = :site AND id = :theme_id;

-- name: set_parent
UPDATE themes SET parent_id = :parent_id WHERE site_id = :site AND id = :theme_id;

-- name: channels
SELECT * FROM channels WHERE site_id = :site AND plan_id = :plan_id
ORDER BY surface, name, coalesce(theme_id, 0);

-- name: channel
SELECT * FROM channels WHERE site_id = :site AND surface = :surface AND channel_id = :channel_id
ORDER BY plan_id, coalesce(theme_id, 0);

-- name: set_channel
INSERT INTO channels (site_id, surface, channel_id, plan_id, theme_id, name, details)
VALUES (:site, :surface, :channel_id, :plan_id, :theme_id, :name, :details)
ON CONFLICT (site_id, surface, channel_id, plan_id, coalesce(theme_id, 0))
DO UPDATE SET name = excluded.name, details = excluded.details;

-- name: effects
SELECT key FROM effects WHERE site_id = :site AND plan_id = :plan_id;

-- name: add_effect
INSERT INTO effects (site_id, plan_id, key, at) VALUES (:site, :plan_id, :key, :at) ON CONFLICT DO NOTHING;

-- name: keep_file
INSERT INTO kept_files (site_id, person_id, name, content, document, at)
VALUES (:site, :person_id, :name, :content, :document, :at) RETURNING id;

-- name: kept_file
SELECT name, content, document, person_id FROM kept_files WHERE site_id = :site AND id = :file_id;

-- name: kept_named
SELECT max(id) AS id FROM kept_files WHERE site_id = :site AND name = :name;

-- name: drop_file
DELETE FROM kept_files WHERE site_id = :site AND id = :file_id;
