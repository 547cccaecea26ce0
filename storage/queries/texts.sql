-- name: add
INSERT INTO texts (site_id, kind, body, summary, reading, salt, hash)
VALUES (:site, :kind, :body, :summary, :reading, :salt, :hash)
RETURNING id;
