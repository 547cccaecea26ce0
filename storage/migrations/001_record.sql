-- The record. site_id is in every table and key; a row can only refer to rows of its own site.
-- Days are YYYY-MM-DD, moments UTC with microseconds (they sort as text), 0 and 1 are no and yes.

CREATE TABLE sites (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Every verbatim text, and what was read out of it: erasing is one update of one row.
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    kind TEXT NOT NULL CHECK (kind IN ('update', 'note', 'inbound', 'message', 'measure')),
    body TEXT,
    summary TEXT,
    reading TEXT CHECK (reading IS NULL OR json_valid(reading)),
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (site_id, id)
) STRICT;

CREATE VIRTUAL TABLE update_words USING fts5 (body, content='', tokenize='porter unicode61');

CREATE TRIGGER texts_are_indexed AFTER INSERT ON texts
WHEN new.kind = 'update' AND new.body IS NOT NULL
BEGIN
    INSERT INTO update_words (rowid, body) VALUES (new.id, new.body);
END;

CREATE TRIGGER erased_texts_leave_the_index AFTER UPDATE OF body ON texts
WHEN old.kind = 'update' AND old.body IS NOT NULL
BEGIN
    INSERT INTO update_words (update_words, rowid, body) VALUES ('delete', old.id, old.body);
END;

CREATE TRIGGER texts_are_only_erased BEFORE UPDATE ON texts
WHEN new.body IS NOT NULL AND new.body IS NOT old.body
BEGIN
    SELECT raise(ABORT, 'a text is erased, never changed');
END;

-- People, posts, organisations

CREATE TABLE organisations (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    by_return INTEGER NOT NULL DEFAULT 0 CHECK (by_return IN (0, 1)),
    clearing_officer_id INTEGER,
    UNIQUE (site_id, id),
    UNIQUE (site_id, name_key),
    FOREIGN KEY (site_id, clearing_officer_id) REFERENCES people (site_id, id)
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    name TEXT,
    email TEXT,
    away_until TEXT CHECK (away_until IS date(away_until)),
    deputy_id INTEGER,
    organisation_id INTEGER,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, deputy_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, organisation_id) REFERENCES organisations (site_id, id)
) STRICT;
CREATE INDEX people_by_email ON people (site_id, lower(email));

CREATE TABLE accounts (
    site_id INTEGER NOT NULL REFERENCES sites (id),
    surface TEXT NOT NULL,
    user_id TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    conversation TEXT,
    details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
    PRIMARY KEY (site_id, surface, user_id),
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_by_person ON accounts (site_id, person_id);

CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    organisation_id INTEGER,
    UNIQUE (site_id, id),
    UNIQUE (site_id, name_key),
    FOREIGN KEY (site_id, organisation_id) REFERENCES organisations (site_id, id)
) STRICT;

CREATE TABLE holdings (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    post_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    since TEXT NOT NULL CHECK (since IS date(since)),
    until TEXT CHECK (until IS date(until)),
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, post_id) REFERENCES posts (site_id, id),
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id)
) STRICT;
CREATE INDEX holdings_by_post ON holdings (site_id, post_id, since);
CREATE INDEX holdings_by_person ON holdings (site_id, person_id);

-- Plans

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    as_of TEXT CHECK (as_of IS date(as_of)),
    version TEXT,
    UNIQUE (site_id, id),
    UNIQUE (site_id, slug)
) STRICT;

CREATE TABLE roles (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    person_id INTEGER NOT NULL,
    plan_id INTEGER,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'owner', 'deputy', 'pmo', 'assurer', 'administrator')),
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id)
) STRICT;
CREATE UNIQUE INDEX roles_once ON roles (site_id, person_id, role, coalesce(plan_id, 0));

CREATE TABLE plan_settings (
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (site_id, plan_id, name),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    version TEXT,
    filename TEXT NOT NULL,
    content TEXT CHECK (content IS NULL OR json_valid(content)),
    original BLOB,
    imported_at TEXT NOT NULL,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id)
) STRICT;
CREATE INDEX documents_by_plan ON documents (site_id, plan_id, id);

CREATE TABLE scales (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    ratings TEXT NOT NULL CHECK (json_valid(ratings)),
    setter TEXT,
    UNIQUE (site_id, id),
    UNIQUE (site_id, plan_id, name),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id)
) STRICT;

CREATE TABLE themes (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    ref TEXT,
    title TEXT NOT NULL,
    lead TEXT,
    reporting_officer TEXT,
    parent_id INTEGER,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, parent_id) REFERENCES themes (site_id, id)
) STRICT;
CREATE INDEX themes_by_plan ON themes (site_id, plan_id, position);
CREATE INDEX themes_by_parent ON themes (site_id, parent_id);

CREATE TABLE channels (
    site_id INTEGER NOT NULL REFERENCES sites (id),
    surface TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    plan_id INTEGER NOT NULL,
    theme_id INTEGER,
    name TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, theme_id) REFERENCES themes (site_id, id)
) STRICT;
CREATE UNIQUE INDEX channels_once ON channels (site_id, surface, channel_id, plan_id, coalesce(theme_id, 0));
CREATE INDEX channels_by_plan ON channels (site_id, plan_id);

-- An action as imported, and where it stands now. What stands now is kept here as well as in the
-- histories, in the same transaction, so that a status costs what it returns.
CREATE TABLE actions (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    handle INTEGER NOT NULL,
    position INTEGER NOT NULL,
    ref TEXT,
    theme_id INTEGER,
    text TEXT NOT NULL,
    owner TEXT,
    lead TEXT,
    baseline_text TEXT,
    baseline_start TEXT CHECK (baseline_start IS date(baseline_start)),
    baseline_end TEXT CHECK (baseline_end IS date(baseline_end)),
    baseline_kind TEXT NOT NULL,
    baseline_impossible INTEGER NOT NULL CHECK (baseline_impossible IN (0, 1)),
    strength TEXT,
    committee TEXT,
    promise TEXT,
    progress TEXT,
    regulation TEXT,
    core_service TEXT,
    extra TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extra)),
    dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1)),
    state TEXT NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'claimed', 'assuring', 'closed', 'undelivered', 'held')),
    state_note_id INTEGER,
    due_text TEXT,
    due_start TEXT CHECK (due_start IS date(due_start)),
    due_end TEXT CHECK (due_end IS date(due_end)),
    due_kind TEXT NOT NULL CHECK (due_kind IN ('due', 'start', 'recurring', 'ongoing', 'conditional', 'none')),
    due_impossible INTEGER NOT NULL CHECK (due_impossible IN (0, 1)),
    slips INTEGER NOT NULL DEFAULT 0,
    last_update_id INTEGER,
    changed_at TEXT NOT NULL,
    UNIQUE (site_id, id),
    UNIQUE (site_id, plan_id, handle),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, theme_id) REFERENCES themes (site_id, id),
    FOREIGN KEY (site_id, state_note_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, last_update_id) REFERENCES updates (site_id, id)
) STRICT;
CREATE INDEX actions_by_position ON actions (site_id, plan_id, position);
CREATE INDEX actions_by_theme ON actions (site_id, theme_id);
CREATE INDEX actions_by_ref ON actions (site_id, plan_id, ref COLLATE NOCASE);
CREATE INDEX actions_by_due ON actions (site_id, plan_id, due_end);
CREATE INDEX actions_by_change ON actions (site_id, plan_id, changed_at);

CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    action_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    no TEXT NOT NULL,
    text TEXT NOT NULL,
    due_text TEXT,
    due_start TEXT CHECK (due_start IS date(due_start)),
    due_end TEXT CHECK (due_end IS date(due_end)),
    due_kind TEXT NOT NULL,
    due_impossible INTEGER NOT NULL,
    done TEXT CHECK (done IS date(done)),
    dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1)),
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id)
) STRICT;
CREATE INDEX steps_by_action ON steps (site_id, action_id, position);

CREATE TABLE printed_owners (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    printed TEXT NOT NULL,
    printed_key TEXT NOT NULL,
    meaning TEXT,
    person_id INTEGER,
    post_id INTEGER,
    organisation_id INTEGER,
    UNIQUE (site_id, id),
    UNIQUE (site_id, plan_id, printed_key),
    CHECK ((person_id IS NOT NULL) + (post_id IS NOT NULL) + (organisation_id IS NOT NULL) <= 1),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, post_id) REFERENCES posts (site_id, id),
    FOREIGN KEY (site_id, organisation_id) REFERENCES organisations (site_id, id)
) STRICT;
CREATE INDEX printed_owners_by_person ON printed_owners (site_id, person_id);

CREATE TABLE action_owners (
    site_id INTEGER NOT NULL REFERENCES sites (id),
    action_id INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'lead')),
    position INTEGER NOT NULL,
    printed_owner_id INTEGER NOT NULL,
    PRIMARY KEY (site_id, action_id, role, position),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, printed_owner_id) REFERENCES printed_owners (site_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX action_owners_by_owner ON action_owners (site_id, printed_owner_id);

-- Meetings

CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    forum TEXT NOT NULL,
    day TEXT CHECK (day IS date(day)),
    deadline TEXT CHECK (deadline IS date(deadline)),
    assurance INTEGER NOT NULL DEFAULT 0 CHECK (assurance IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('planned', 'to_confirm', 'held', 'cancelled')),
    quorate INTEGER CHECK (quorate IN (0, 1)),
    chair TEXT,
    printed TEXT,
    papers_due TEXT CHECK (papers_due IS date(papers_due)),
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id)
) STRICT;
CREATE INDEX meetings_by_plan ON meetings (site_id, plan_id, day);

-- What people said

CREATE TABLE updates (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('update', 'no_change', 'correction', 'withdrawal')),
    text_id INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    entered_by_id INTEGER,
    at TEXT NOT NULL,
    via TEXT NOT NULL,
    meeting_id INTEGER,
    replaces_id INTEGER,
    step_no TEXT,
    link TEXT,
    source TEXT,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'committee', 'restricted')),
    standing INTEGER NOT NULL DEFAULT 1 CHECK (standing IN (0, 1)),
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, text_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, author_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, entered_by_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id),
    FOREIGN KEY (site_id, replaces_id) REFERENCES updates (site_id, id)
) STRICT;
CREATE INDEX updates_by_action ON updates (site_id, action_id, at);
CREATE INDEX updates_by_time ON updates (site_id, plan_id, at);
CREATE INDEX updates_by_source ON updates (site_id, source) WHERE source IS NOT NULL;
CREATE INDEX updates_by_text ON updates (site_id, text_id);
CREATE INDEX updates_by_meeting ON updates (site_id, meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX updates_by_author ON updates (site_id, author_id);

CREATE TRIGGER updates_are_never_deleted BEFORE DELETE ON updates
BEGIN
    SELECT raise(ABORT, 'an update is withdrawn, never deleted');
END;

CREATE TABLE measures (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    update_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, update_id) REFERENCES updates (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, text_id) REFERENCES texts (site_id, id)
) STRICT;
CREATE INDEX measures_by_action ON measures (site_id, action_id);

CREATE TABLE unplaced_texts (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER,
    person_id INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    source TEXT,
    at TEXT NOT NULL,
    settled_at TEXT,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, text_id) REFERENCES texts (site_id, id)
) STRICT;
CREATE INDEX unplaced_texts_waiting ON unplaced_texts (site_id, plan_id) WHERE settled_at IS NULL;

CREATE TABLE prompts (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    meeting_id INTEGER,
    sent_at TEXT NOT NULL,
    surface TEXT NOT NULL,
    conversation TEXT,
    message_id TEXT,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id)
) STRICT;
CREATE INDEX prompts_by_person ON prompts (site_id, person_id);
CREATE INDEX prompts_by_meeting ON prompts (site_id, meeting_id);
CREATE INDEX prompts_by_message ON prompts (site_id, surface, message_id);

CREATE TABLE prompt_actions (
    site_id INTEGER NOT NULL REFERENCES sites (id),
    prompt_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    PRIMARY KEY (site_id, prompt_id, position),
    FOREIGN KEY (site_id, prompt_id) REFERENCES prompts (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id)
) STRICT, WITHOUT ROWID;

-- Where actions stand: histories, and the current ratings

CREATE TABLE states (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    action_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    note_id INTEGER,
    at TEXT NOT NULL,
    by_id INTEGER,
    meeting_id INTEGER,
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, note_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, by_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id)
) STRICT;
CREATE INDEX states_by_action ON states (site_id, action_id);

CREATE TABLE ratings (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    scale TEXT NOT NULL,
    label TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('agreed', 'proposed')),
    source TEXT NOT NULL CHECK (source IN ('document', 'meeting', 'owner', 'pmo')),
    at TEXT NOT NULL,
    by_id INTEGER,
    meeting_id INTEGER,
    update_id INTEGER,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, by_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id),
    FOREIGN KEY (site_id, update_id) REFERENCES updates (site_id, id)
) STRICT;
CREATE INDEX ratings_by_action ON ratings (site_id, action_id);
CREATE INDEX ratings_by_time ON ratings (site_id, plan_id, stage, at);

CREATE TABLE current_ratings (
    site_id INTEGER NOT NULL REFERENCES sites (id),
    action_id INTEGER NOT NULL,
    scale TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('agreed', 'proposed')),
    rating_id INTEGER NOT NULL,
    PRIMARY KEY (site_id, action_id, scale, stage),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, rating_id) REFERENCES ratings (site_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE date_requests (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    step_no TEXT,
    was_text TEXT,
    was_start TEXT CHECK (was_start IS date(was_start)),
    was_end TEXT CHECK (was_end IS date(was_end)),
    was_kind TEXT NOT NULL,
    was_impossible INTEGER NOT NULL,
    wanted_text TEXT,
    wanted_start TEXT CHECK (wanted_start IS date(wanted_start)),
    wanted_end TEXT CHECK (wanted_end IS date(wanted_end)),
    wanted_kind TEXT NOT NULL,
    wanted_impossible INTEGER NOT NULL,
    reason_id INTEGER,
    asked_by_id INTEGER,
    asked_at TEXT NOT NULL,
    update_id INTEGER,
    outcome TEXT CHECK (outcome IN ('agreed', 'refused', 'replaced')),
    decided_at TEXT,
    meeting_id INTEGER,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, reason_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, asked_by_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, update_id) REFERENCES updates (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id)
) STRICT;
CREATE INDEX date_requests_by_action ON date_requests (site_id, action_id);
CREATE INDEX date_requests_by_plan ON date_requests (site_id, plan_id);
CREATE UNIQUE INDEX date_requests_one_open ON date_requests (site_id, action_id, coalesce(step_no, ''))
    WHERE outcome IS NULL;

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    update_id INTEGER,
    claimed_by_id INTEGER,
    claimed_at TEXT NOT NULL,
    sustain_months INTEGER,
    sustained INTEGER NOT NULL DEFAULT 0,
    outcome TEXT CHECK (outcome IN ('agreed', 'refused', 'withdrawn')),
    meeting_id INTEGER,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, update_id) REFERENCES updates (site_id, id),
    FOREIGN KEY (site_id, claimed_by_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id)
) STRICT;
CREATE INDEX claims_by_action ON claims (site_id, action_id);
CREATE INDEX claims_by_plan ON claims (site_id, plan_id);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    action_id INTEGER NOT NULL,
    link TEXT NOT NULL,
    note_id INTEGER,
    at TEXT NOT NULL,
    by_id INTEGER,
    checked_by_id INTEGER,
    checked_at TEXT,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, note_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, by_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, checked_by_id) REFERENCES people (site_id, id)
) STRICT;
CREATE INDEX evidence_by_action ON evidence (site_id, action_id);

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    action_id INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('agree', 'refuse', 'defer', 'agree_as', 'note')),
    subject TEXT NOT NULL CHECK (subject IN ('rating', 'date', 'claim', 'assurance', 'state', 'verbal', 'note')),
    scale TEXT,
    label TEXT,
    due TEXT CHECK (due IS NULL OR json_valid(due)),
    words_id INTEGER,
    recorded_by_id INTEGER,
    at TEXT NOT NULL,
    recommended INTEGER NOT NULL DEFAULT 0 CHECK (recommended IN (0, 1)),
    ratified_by_meeting_id INTEGER,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, words_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, recorded_by_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, ratified_by_meeting_id) REFERENCES meetings (site_id, id)
) STRICT;
CREATE INDEX decisions_by_meeting ON decisions (site_id, meeting_id);
CREATE INDEX decisions_by_plan ON decisions (site_id, plan_id);

CREATE TABLE arisings (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    no TEXT NOT NULL,
    text_id INTEGER NOT NULL,
    owner TEXT NOT NULL,
    due TEXT CHECK (due IS date(due)),
    person_id INTEGER,
    done_at TEXT,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id),
    FOREIGN KEY (site_id, text_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id)
) STRICT;
CREATE INDEX arisings_by_plan ON arisings (site_id, plan_id);

CREATE TABLE challenges (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    words_id INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    at TEXT NOT NULL,
    answer_id INTEGER,
    answered_by_id INTEGER,
    answered_at TEXT,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, action_id) REFERENCES actions (site_id, id),
    FOREIGN KEY (site_id, words_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, answer_id) REFERENCES texts (site_id, id),
    FOREIGN KEY (site_id, answered_by_id) REFERENCES people (site_id, id)
) STRICT;
CREATE INDEX challenges_by_action ON challenges (site_id, plan_id, action_id, rule);

CREATE TABLE issued (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (site_id, plan_id, meeting_id, name),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id),
    FOREIGN KEY (site_id, meeting_id) REFERENCES meetings (site_id, id)
) STRICT;

CREATE TRIGGER issued_papers_never_change BEFORE UPDATE ON issued
BEGIN
    SELECT raise(ABORT, 'an issued paper never changes');
END;

CREATE TRIGGER issued_papers_are_never_deleted BEFORE DELETE ON issued
BEGIN
    SELECT raise(ABORT, 'an issued paper is never deleted');
END;

-- What the clock has done

CREATE TABLE effects (
    site_id INTEGER NOT NULL REFERENCES sites (id),
    plan_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (site_id, plan_id, key),
    FOREIGN KEY (site_id, plan_id) REFERENCES plans (site_id, id)
) STRICT, WITHOUT ROWID;

-- Files that were dropped on the bot and wait for a yes

CREATE TABLE kept_files (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    person_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    document TEXT NOT NULL,
    at TEXT NOT NULL,
    FOREIGN KEY (site_id, person_id) REFERENCES people (site_id, id)
) STRICT;

-- What comes in and what goes out

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    surface TEXT NOT NULL,
    key TEXT NOT NULL,
    conversation TEXT NOT NULL,
    content_id INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    received_at TEXT NOT NULL,
    claimed_until TEXT,
    reason TEXT,
    UNIQUE (site_id, surface, key),
    FOREIGN KEY (site_id, content_id) REFERENCES texts (site_id, id)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (site_id, surface, conversation, id) WHERE state = 'received';
CREATE INDEX inbox_failed ON inbox (site_id, id) WHERE state = 'failed';

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    key TEXT NOT NULL,
    surface TEXT NOT NULL,
    conversation TEXT NOT NULL,
    content_id INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'claimed', 'sent', 'unsure', 'superseded', 'failed')),
    created_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_at TEXT,
    claimed_until TEXT,
    not_before TEXT,
    after TEXT,
    platform_id TEXT,
    still TEXT,
    sent_at TEXT,
    reason TEXT,
    UNIQUE (site_id, key),
    FOREIGN KEY (site_id, content_id) REFERENCES texts (site_id, id)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (site_id, surface, conversation, id)
    WHERE state IN ('new', 'claimed', 'unsure');
CREATE INDEX outbox_by_platform_id ON outbox (site_id, surface, platform_id) WHERE platform_id IS NOT NULL;

-- Every change of anything

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    at TEXT NOT NULL,
    actor_id INTEGER,
    via TEXT NOT NULL,
    message TEXT,
    what TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    plan_id INTEGER,
    action_id INTEGER,
    was TEXT CHECK (was IS NULL OR json_valid(was)),
    now TEXT CHECK (now IS NULL OR json_valid(now)),
    why_id INTEGER,
    hash TEXT NOT NULL,
    UNIQUE (site_id, id),
    FOREIGN KEY (site_id, actor_id) REFERENCES people (site_id, id),
    FOREIGN KEY (site_id, why_id) REFERENCES texts (site_id, id)
) STRICT;
CREATE INDEX audit_by_plan ON audit (site_id, plan_id);
CREATE INDEX audit_by_action ON audit (site_id, action_id);

CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'an audit row never changes');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'an audit row is never deleted');
END;

-- INSERT OR REPLACE deletes without a trigger where a connection has recursive_triggers off.
CREATE TRIGGER audit_rows_only_follow BEFORE INSERT ON audit
WHEN new.id > 0 AND new.id <= (SELECT max(id) FROM audit)
BEGIN
    SELECT raise(ABORT, 'an audit row only follows the last one');
END;
