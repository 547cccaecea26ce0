"""How long the record takes to answer when it is big: ``python -m tests.bench.bench_store [FILE]``.

20 plans of 1,000 actions in 10 themes each, and 1,000,000 updates.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from storage.model.people import PartyKind
from storage.model.plan import State
from storage.model.record import Change
from storage.open import open_store

PLANS, THEMES, ACTIONS, UPDATES = 20, 10, 1_000, 50  # themes and actions of a plan, updates of an action
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)

FILL = """
CREATE TEMP TABLE n AS
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i FROM n;
INSERT INTO people (id, site_id, name) SELECT i + 1, 1, 'Person ' || i FROM n WHERE i < 500;
INSERT INTO plans (id, site_id, slug, title) SELECT i + 1, 1, 'plan-' || i, 'Plan ' || i FROM n WHERE i < :plans;
INSERT INTO themes (id, site_id, plan_id, position, ref, title)
    SELECT i + 1, 1, i / :themes + 1, i % :themes, i % :themes + 1, 'Theme ' || i FROM n WHERE i < :plans * :themes;
INSERT INTO actions (id, site_id, plan_id, handle, position, ref, theme_id, text, owner, baseline_kind,
        baseline_impossible, due_start, due_end, due_kind, due_impossible, changed_at)
    SELECT i + 1, 1, i / :actions + 1, i % :actions + 1, i % :actions,
        (i % :actions * :themes / :actions + 1) || '.' || (i % (:actions / :themes) + 1), i * :themes / :actions + 1, 'Make the change number ' || i, 'COO',
        'none', 0, '2027-05-01', '2027-05-31', 'due', 0, '2027-02-01T00:00:00.000000+00:00'
    FROM n WHERE i < :plans * :actions;
INSERT INTO texts (id, site_id, kind, body, summary, salt, hash)
    SELECT i + 1, 1, 'update', 'Recruitment for the change ' || i || ' is done, first clinics in spring.',
        'Recruitment is done, first clinics in spring.', 's', 'h' FROM n WHERE i < :plans * :actions * :updates;
INSERT INTO updates (id, site_id, plan_id, action_id, kind, text_id, author_id, at, via, visibility)
    SELECT i + 1, 1, i % (:plans * :actions) / :actions + 1, i % (:plans * :actions) + 1, 'update', i + 1,
        i % 500 + 1, printf('2027-01-%02dT00:00:00.000000+00:00', i / (:plans * :actions) % 28 + 1), 'slack', 'public'
    FROM n WHERE i < :plans * :actions * :updates;
INSERT INTO ratings (id, site_id, plan_id, action_id, scale, label, stage, source, at)
    SELECT i + 1, 1, i / :actions + 1, i + 1, 'rag', 'Green', 'agreed', 'document',
        '2027-01-01T00:00:00.000000+00:00' FROM n WHERE i < :plans * :actions;
INSERT INTO current_ratings (site_id, action_id, scale, stage, rating_id)
    SELECT 1, id, 'rag', 'agreed', id FROM actions;
INSERT INTO printed_owners (id, site_id, plan_id, printed, printed_key)
    SELECT i + 1, 1, i / 50 + 1, 'Owner ' || (i % 50), 'owner ' || (i % 50) FROM n WHERE i < :plans * 50;
INSERT INTO action_owners (site_id, action_id, role, position, printed_owner_id)
    SELECT 1, id, 'owner', 0, (plan_id - 1) * 50 + id % 50 + 1 FROM actions;
UPDATE actions SET last_update_id = (:updates - 1) * (:plans * :actions) + id;
"""


def fill(path: Path, plans: int = PLANS, actions: int = ACTIONS, updates: int = UPDATES) -> None:
    """Straight into the tables: what is measured is asking, and the million is made in a minute."""
    open_store(str(path)).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    size = {"plans": plans, "themes": THEMES, "actions": actions, "updates": updates}
    for statement in FILL.split(";\n"):
        if statement.strip():
            connection.execute(statement, size)
    connection.execute("COMMIT")
    connection.close()


def milliseconds(ask: Callable[[], object], times: int = 20) -> float:
    ask()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main(path: Path) -> None:
    if not path.exists():
        fill(path)
    store = open_store(str(path))
    plan = store.plans.all()[5]
    theme = store.plans.theme(plan.id, "6")
    assert theme is not None
    action = store.plans.action(plan.id, "6.4")[0]

    def add_update() -> None:
        from storage.model.reading import Reading

        with store.writing(Change(1, NOW, "slack")):
            store.updates.add(action.id, "Posts advertised.", Reading(), author_id=1)

    with store.writing(Change(1, NOW, "cli")):
        store.people.map_owner(plan.id, "Owner 7", PartyKind.PERSON, 1)
    asks: dict[str, Callable[[], object]] = {
        "status theme 6 (100 actions)": lambda: store.plans.views(plan.id, theme_ids=[theme.id]),
        "status 6.4": lambda: store.plans.views(plan.id, action_ids=[action.id]),
        "status owner (20 actions)": lambda: store.plans.views(plan.id, person_id=1, day=date(2027, 3, 1)),
        "status of a plan (1,000 actions)": lambda: store.plans.views(plan.id, states=[State.OPEN]),
        "changed since (nothing)": lambda: store.plans.views(
            plan.id, changed_since=datetime(2029, 1, 1, tzinfo=UTC)
        ),
        "history 6.4": lambda: store.updates.of_action(action.id, limit=20),
        "search of a plan": lambda: store.updates.search(plan.id, f"clinics {action.id}"),
        "parties of a plan (1,000 actions)": lambda: store.people.parties(plan.id, date(2027, 3, 1)),
        "one update kept": add_update,
    }
    print(
        f"{path.stat().st_size / 1e6:.0f} MB, {PLANS * ACTIONS:,} actions, {PLANS * ACTIONS * UPDATES:,} updates"
    )
    for name, ask in asks.items():
        print(f"{name:36} {milliseconds(ask):8.1f} ms")
    store.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder) / "bench.db")
