"""Whatever happens to an action, what stands now agrees with its histories."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storage.model.plan import ActionView, RatingSource, RatingStage, State
from storage.model.reading import Reading
from storage.open import open_store
from storage.store import Store
from tests.storage.conftest import change
from tests.storage.plans import RAG, due, small_plan

LABELS = st.sampled_from([rating.label for rating in RAG.ratings])
DAYS = st.dates(date(2027, 4, 1), date(2027, 4, 5))


class OneAction(RuleBasedStateMachine):
    """Everything that meetings, owners and documents do to one action."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store: Store = open_store(str(Path(self.folder.name) / "a.db"))
        self.minutes = 0
        with self.store.writing(change()):
            self.plan = self.store.plans.import_document("harbour", small_plan(), b"first", "a.docx")
            self.author = self.store.people.add("Ada").id
        self.action = self.store.plans.action(self.plan.id, "1.1")[0]

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def writing(self):  # type: ignore[no-untyped-def]
        self.minutes += 1
        return self.store.writing(change(self.author, self.minutes))

    @rule(label=LABELS)
    def propose(self, label: str) -> None:
        with self.writing():
            self.store.governance.propose(self.action.id, "rag", label, RatingSource.OWNER)

    @rule(label=LABELS)
    def agree(self, label: str) -> None:
        with self.writing():
            self.store.governance.agree(self.action.id, "rag", label, RatingSource.MEETING)

    @rule(day=DAYS)
    def request(self, day: date) -> None:
        with self.writing():
            self.store.governance.request_date(self.action.id, due("x", day), None)

    @rule(agreed=st.booleans())
    def decide(self, agreed: bool) -> None:
        with self.writing():
            for request in self.store.governance.date_requests(self.plan.id, open_only=True):
                self.store.governance.decide_date(request.id, agreed, None)

    @rule(day=DAYS)
    def set_due(self, day: date) -> None:
        with self.writing():
            self.store.governance.set_due(self.action.id, due("x", day), None)

    @rule(state=st.sampled_from(State))
    def set_state(self, state: State) -> None:
        with self.writing():
            self.store.plans.set_state(self.action.id, state)

    @rule(text=st.text(max_size=20))
    def update(self, text: str) -> None:
        with self.writing():
            self.store.updates.add(self.action.id, text, Reading(), author_id=self.author)

    @rule()
    def withdraw_the_oldest(self) -> None:
        standing = [update for update in self.store.updates.of_action(self.action.id) if update.standing]
        if standing:
            with self.writing():
                self.store.updates.withdraw(standing[-1].id)

    @rule(version=st.integers(0, 3), dropped=st.booleans())
    def import_again(self, version: int, dropped: bool) -> None:
        actions = small_plan().actions
        with self.writing():
            self.store.plans.import_document(
                "harbour", small_plan(actions=actions[1:] if dropped else actions), bytes([version]), "a.docx"
            )

    def view(self) -> ActionView:
        return self.store.plans.views(self.plan.id, action_ids=[self.action.id])[0]

    @invariant()
    def ratings_are_the_last_of_their_history(self) -> None:
        view, history = self.view(), self.store.governance.rating_history(self.action.id)
        agreed = [rated for rated in history if rated.stage is RatingStage.AGREED]
        assert view.agreed["rag"] == agreed[-1]
        proposed = view.proposed.get("rag")
        assert proposed is None or proposed == history[-1]

    @invariant()
    def the_due_date_is_the_last_agreed(self) -> None:
        view, ledger = self.view(), self.store.governance.ledger(self.action.id)
        agreed = sorted(
            (row for row in ledger if row.outcome == "agreed"), key=lambda row: (row.decided_at, row.id)
        )
        assert view.due == (agreed[-1].wanted if agreed else view.action.baseline)
        assert view.action.baseline == self.action.baseline
        waiting = [row.wanted for row in ledger if row.outcome is None]
        assert waiting == ([view.requested] if view.requested else [])

    @invariant()
    def the_last_update_stands(self) -> None:
        standing = [update for update in self.store.updates.of_action(self.action.id) if update.standing]
        assert self.view().last_update_id == (standing[0].id if standing else None)

    @invariant()
    def a_change_is_found_by_its_time(self) -> None:
        rows = self.store.audit.rows(action_id=self.action.id)
        since = max(row.at for row in rows) - timedelta(seconds=1)
        changed = self.store.plans.views(self.plan.id, action_ids=[self.action.id], changed_since=since)
        assert [view.action.id for view in changed] == [self.action.id]

    @invariant()
    def the_chain_holds(self) -> None:
        assert self.store.audit.verify() is None


TestOneAction = OneAction.TestCase
TestOneAction.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
