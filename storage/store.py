"""The face of the record: what handlers and workers may ask of a store, whatever database keeps it.

A store is opened for one site and belongs to the thread that opened it. Reads may happen at any
time; every write happens inside ``with store.writing(change):``, which is one transaction
(BEGIN IMMEDIATE on SQLite), leaves an audit row per write, and may not be nested.
Lists come in the plan's own order unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from storage.model.document import PlanDate, PlanDocument, Unplaced
from storage.model.people import Account, Channel, Erased, Organisation, Party, PartyKind, Person, Post, Role
from storage.model.plan import Action, ActionView, Plan, Rated, RatingSource, Scale, State, Theme
from storage.model.post import Inbound, InboundRow, OutboxRow
from storage.model.reading import Measure, Reading
from storage.model.record import (
    Arising,
    AuditRow,
    Change,
    Claim,
    DateRequest,
    Decision,
    DecisionKind,
    Evidence,
    Meeting,
    MeetingState,
    Prompt,
    Update,
    UpdateKind,
    Visibility,
)

__all__ = [
    "AuditStore",
    "GovernanceStore",
    "InboxStore",
    "OutboxStore",
    "PeopleStore",
    "PlanStore",
    "Store",
    "UpdateStore",
]


class PlanStore(Protocol):
    """Plans, themes, actions, scales and channels."""

    def all(self) -> list[Plan]: ...
    def get(self, slug: str) -> Plan | None: ...
    def by_id(self, plan_id: int) -> Plan: ...

    def import_document(self, slug: str, document: PlanDocument, original: bytes, filename: str) -> Plan:
        """Make the plan, or bring it to this version: actions are matched by ref, else by nearly the same text.

        Updates and history stay with their actions; the same file (sha256) twice changes nothing.
        An action that the new version lacks is kept and marked ``dropped``. Ratings come in as agreed,
        source document; a due date that differs from the record becomes the current one, source document,
        and the baseline stays. The original bytes are kept.
        """
        ...

    def versions(self, plan_id: int) -> list[tuple[int, str | None, str, datetime]]:
        """(document id, version label, file name, imported at), newest first."""
        ...

    def document(self, plan_id: int) -> PlanDocument | None:
        """The newest version as it was read."""
        ...

    def unplaced(self, plan_id: int) -> list[Unplaced]: ...
    def set_setting(self, plan_id: int, name: str, value: str | None) -> None: ...
    def set_scale(self, plan_id: int, scale: Scale) -> None:
        """Replace the scale of that name."""
        ...

    def themes(self, plan_id: int) -> list[Theme]: ...
    def theme(self, plan_id: int, ref_or_title: str) -> Theme | None: ...
    def action(self, plan_id: int, ref_or_handle: str) -> list[Action]:
        """The actions with that ref (refs repeat in real plans) or, for "#17", that handle."""
        ...

    def actions_by_id(self, ids: Collection[int]) -> list[Action]: ...
    def refs(self, plan_id: int) -> list[str]: ...
    def views(
        self,
        plan_id: int,
        *,
        theme_ids: Collection[int] | None = None,
        action_ids: Collection[int] | None = None,
        person_id: int | None = None,
        states: Collection[State] | None = None,
        due_before: date | None = None,
        changed_since: datetime | None = None,
        day: date | None = None,
    ) -> list[ActionView]:
        """Where actions stand now; every filter given must hold. A theme includes its workstreams.

        ``person_id``: actions that this person owns, leads or holds the post for on ``day`` (without
        one: the day of the newest message or change). Dropped actions come only where ``action_ids``
        names them.
        The cost follows the answer, not the size of the database.
        """
        ...

    def plan_of(self, action_id: int) -> Plan: ...

    def channels(self, plan_id: int) -> list[Channel]: ...
    def channel(self, surface: str, channel_id: str) -> list[Channel]: ...
    def set_channel(self, channel: Channel) -> None: ...

    # what the clock has done
    def effects_done(self, plan_id: int) -> set[str]: ...
    def mark_effect(self, plan_id: int, key: str) -> None: ...

    # files that were dropped on the bot and wait for a yes
    def keep_file(self, name: str, content: bytes, document: PlanDocument, person_id: int) -> int: ...
    def kept_file(self, file_id: int) -> tuple[str, bytes, PlanDocument, int] | None:
        """(name, content, what was read from it, person id); None once it is settled."""
        ...

    def kept_named(self, name: str) -> int | None:
        """The newest file of that name."""
        ...

    def drop_file(self, file_id: int) -> None: ...

    # where an action stands; each leaves its history
    def set_state(
        self, action_id: int, state: State, note: str | None = None, meeting_id: int | None = None
    ) -> None: ...
    def set_step_done(self, step_id: int, day: date | None) -> None: ...


class PeopleStore(Protocol):
    """People, posts, organisations, roles and who owns what."""

    def all(self) -> list[Person]: ...
    def get(self, person_id: int) -> Person | None: ...
    def by_account(self, surface: str, user_id: str) -> Person | None: ...
    def by_name(self, name: str) -> list[Person]:
        """People whose name is, or contains as a word, this; exact ones first, without case."""
        ...

    def represented_by(self, person_id: int) -> list[Person]:
        """Those whose deputy this person is."""
        ...

    def add(self, name: str, *, email: str | None = None, organisation_id: int | None = None) -> Person: ...
    def change(self, person: Person) -> None:
        """Keep this person's values (not the accounts)."""
        ...

    def set_account(self, person_id: int, account: Account) -> None: ...
    def meet(self, account: Account, name: str, email: str | None = None) -> Person:
        """The person with this account, made if new (matched by e-mail to a known one)."""
        ...

    def everything_about(self, person_id: int) -> Mapping[str, object]:
        """All that is kept about the person, as plain values for JSON."""
        ...

    def forget(self, person_id: int) -> Erased:
        """Null the person's words, and their name wherever the record holds it; the plan's facts stay."""
        ...

    def organisations(self) -> list[Organisation]: ...
    def organisation(self, name: str) -> Organisation:
        """By name without case; made if new."""
        ...

    def change_organisation(self, organisation: Organisation) -> None: ...
    def post(self, name: str) -> Post:
        """By name without case; made if new."""
        ...

    def hold(self, post_id: int, person_id: int, since: date, until: date | None = None) -> None:
        """The person holds the post from that day; an earlier holder's time ends the day before."""
        ...

    def holder(self, post_id: int, day: date) -> Person | None: ...

    def parties(self, plan_id: int, day: date) -> Mapping[int, tuple[Party, ...]]:
        """Owners and leads of every action of the plan (action id -> parties), with who is to be asked that day."""
        ...

    def parties_of(self, action_id: int, day: date) -> tuple[Party, ...]: ...
    def printed_owners(self, plan_id: int) -> list[tuple[str, int]]:
        """(printed owner, number of actions): each part of the owner and lead cells."""
        ...

    def map_owner(self, plan_id: int, printed: str, kind: PartyKind, party_id: int) -> int:
        """This printed owner stands for that person, post or organisation; how many actions it touched."""
        ...

    def roles(self, plan_id: int, person_id: int) -> set[Role]:
        """Roles given in this plan or on the site. Owning an action makes an owner without a row."""
        ...

    def give_role(self, person_id: int, role: Role, plan_id: int | None = None) -> None: ...
    def take_role(self, person_id: int, role: Role, plan_id: int | None = None) -> None: ...
    def with_role(self, plan_id: int, role: Role) -> list[Person]: ...


class UpdateStore(Protocol):
    """What people said, and what they were asked."""

    def add(
        self,
        action_id: int,
        text: str,
        reading: Reading,
        *,
        author_id: int,
        entered_by_id: int | None = None,
        kind: UpdateKind = UpdateKind.UPDATE,
        meeting_id: int | None = None,
        replaces_id: int | None = None,
        step_no: str | None = None,
        link: str | None = None,
        source: str | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        via: str | None = None,
    ) -> Update:
        """Keep one message about one action. ``source``: surface:conversation:message id, for later edits.

        ``via``: how the words came where that was not the surface of the change ("return").
        """
        ...

    def get(self, update_id: int) -> Update | None: ...
    def by_source(self, source: str) -> list[Update]:
        """The standing updates that came from this message."""
        ...

    def withdraw(self, update_id: int) -> None: ...
    def of_action(self, action_id: int, *, limit: int | None = None) -> list[Update]:
        """Newest first, replaced and withdrawn ones included (``standing`` tells)."""
        ...

    def newest(self, action_ids: Collection[int], most: int) -> dict[int, list[Update]]:
        """The standing ones of each action, newest first, at most so many each, in one query."""
        ...

    def held(self, action_ids: Collection[int]) -> list[Update]:
        """Those of these actions that not everybody may read, withdrawn ones included."""
        ...

    def of_plan(
        self,
        plan_id: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        meeting_id: int | None = None,
    ) -> list[Update]:
        """Standing updates in order of time: since <= at < until."""
        ...

    def search(self, plan_id: int, words: str, *, limit: int = 20) -> list[Update]: ...
    def set_visibility(self, update_id: int, visibility: Visibility) -> None: ...
    def expire(self, plan_id: int, before: datetime) -> int:
        """Null what was said before that moment, and the site's own copies of messages as old; facts stay. How many texts."""
        ...

    def add_measures(self, update_id: int, action_id: int, measures: Sequence[Measure]) -> None: ...
    def measures(self, action_id: int) -> list[tuple[Measure, datetime, int]]:
        """(measure, when it was said, update id) of standing updates, oldest first."""
        ...

    def measures_of(self, action_ids: Collection[int]) -> dict[int, list[tuple[Measure, datetime, int]]]:
        """The same of many actions, in one query; those without measures are absent."""
        ...

    # what a message waits for: kept words whose action is not known yet
    def keep_unplaced(self, text: str, *, person_id: int, plan_id: int | None, source: str | None) -> int: ...
    def unplaced_text(self, unplaced_id: int) -> tuple[str, int, str | None] | None:
        """(text, person id, source) of kept words that wait for an action; None once settled."""
        ...

    def unplaced_at(self, source: str, person_id: int) -> int | None:
        """What still waits of that person's message."""
        ...

    def unplaced_since(self, person_id: int, since: datetime) -> bool:
        """Whether words of that person that were kept later still wait."""
        ...

    def settle_unplaced(self, unplaced_id: int) -> None: ...
    def unplaced_of(self, plan_id: int) -> list[tuple[int, str, int, datetime]]:
        """(id, text, person id, at) that still wait."""
        ...

    def add_prompt(
        self,
        plan_id: int,
        person_id: int,
        meeting_id: int | None,
        action_ids: Sequence[int],
        surface: str,
        conversation: str | None,
    ) -> Prompt: ...
    def mark_prompt(self, prompt_id: int, conversation: str, message_id: str) -> None: ...
    def open_prompts(self, person_id: int) -> list[Prompt]:
        """Prompts of the person whose meeting is not over, newest first."""
        ...

    def prompts_of(self, plan_id: int, meeting_id: int) -> list[Prompt]: ...
    def prompt_at(self, surface: str, conversation: str, message_id: str) -> Prompt | None: ...


class GovernanceStore(Protocol):
    """Ratings, dates, claims, evidence, meetings and decisions."""

    def propose(
        self, action_id: int, scale: str, label: str, source: RatingSource, update_id: int | None = None
    ) -> None: ...
    def agree(
        self, action_id: int, scale: str, label: str, source: RatingSource, meeting_id: int | None = None
    ) -> None:
        """Set the agreed rating and clear the proposed one."""
        ...

    def clear_proposal(self, action_id: int, scale: str) -> None: ...
    def rating_history(self, action_id: int) -> list[Rated]:
        """Every rating ever set, oldest first."""
        ...

    def agreed_as_at(self, plan_id: int, when: datetime) -> Mapping[int, Mapping[str, str]]:
        """action id -> scale -> label agreed at that time (absent where there was none)."""
        ...

    def request_date(
        self,
        action_id: int,
        wanted: PlanDate,
        reason: str | None,
        update_id: int | None = None,
        step_no: str | None = None,
    ) -> DateRequest:
        """A new row of the ledger; an earlier one that still waits is replaced."""
        ...

    def decide_date(self, request_id: int, agreed: bool, meeting_id: int | None) -> None:
        """Agreed: the action's current due date moves; the baseline never does."""
        ...

    def set_due(self, action_id: int, due: PlanDate, meeting_id: int | None) -> None:
        """A meeting's own date, without a request; leaves a ledger row, agreed at once."""
        ...

    def date_requests(self, plan_id: int, *, open_only: bool = False) -> list[DateRequest]: ...
    def ledger(self, action_id: int) -> list[DateRequest]:
        """Oldest first."""
        ...

    def ledgers(self, action_ids: Collection[int]) -> dict[int, list[DateRequest]]:
        """The same of many actions, in one query; those without requests are absent."""
        ...

    def claim(self, action_id: int, update_id: int | None) -> Claim: ...
    def decide_claim(self, claim_id: int, outcome: str, meeting_id: int | None) -> None: ...
    def change_claim(self, claim: Claim) -> None: ...
    def claims(self, plan_id: int, *, open_only: bool = True) -> list[Claim]: ...
    def claim_of(self, action_id: int) -> Claim | None:
        """The newest claim that was not refused or withdrawn."""
        ...

    def add_evidence(self, action_id: int, link: str, note: str | None = None) -> Evidence: ...
    def check_evidence(self, evidence_id: int, by_id: int | None = None) -> None:
        """Checked by that person, by whoever makes the change where none is named."""
        ...

    def evidence(self, action_id: int) -> list[Evidence]: ...
    def evidence_of(self, action_ids: Collection[int]) -> dict[int, list[Evidence]]:
        """The same of many actions, in one query; those without evidence are absent."""
        ...

    def meetings(self, plan_id: int, *, assurance: bool | None = None) -> list[Meeting]:
        """By day, those to be confirmed last."""
        ...

    def meeting(self, meeting_id: int) -> Meeting | None: ...
    def add_meeting(
        self,
        plan_id: int,
        forum: str,
        day: date | None,
        *,
        deadline: date | None = None,
        assurance: bool = False,
        printed: str | None = None,
        papers_due: date | None = None,
    ) -> Meeting: ...
    def change_meeting(self, meeting: Meeting) -> None: ...
    def set_meeting_state(self, meeting_id: int, state: MeetingState) -> None: ...

    def decide(
        self,
        meeting_id: int,
        action_id: int | None,
        kind: DecisionKind,
        subject: str,
        *,
        scale: str | None = None,
        label: str | None = None,
        due: PlanDate | None = None,
        words: str | None = None,
        recommended: bool = False,
    ) -> Decision: ...
    def ratify(self, decision_id: int, by_meeting_id: int) -> None: ...
    def decisions(self, plan_id: int, *, meeting_id: int | None = None) -> list[Decision]: ...

    def add_arising(self, meeting_id: int, no: str, text: str, owner: str, due: date | None) -> Arising: ...
    def arisings(self, plan_id: int, *, open_only: bool = True) -> list[Arising]: ...
    def close_arising(self, arising_id: int) -> None: ...

    # challenges: raised by rules, quiet once answered until a fact changes (the fingerprint differs)
    def raise_challenge(self, action_id: int, rule: str, words: str, fingerprint: str) -> int: ...
    def answer_challenge(self, challenge_id: int, answer: str) -> None: ...
    def challenges(self, plan_id: int) -> list[tuple[int, int, str, str, str, str | None]]:
        """(id, action id, rule, words, fingerprint, answer) of the newest challenge per action and rule."""
        ...

    # issued papers: bytes that never change
    def issue(self, plan_id: int, meeting_id: int, name: str, stage: str, content: bytes) -> str:
        """Keep the bytes under this name and stage; the sha256. A second issue of the same name is refused."""
        ...

    def issued(self, plan_id: int, meeting_id: int) -> list[tuple[str, str, str, datetime]]:
        """(name, stage, sha256, issued at)."""
        ...

    def issued_bytes(self, plan_id: int, meeting_id: int, name: str) -> bytes | None: ...


class InboxStore(Protocol):
    """What came in. ``receive`` has a transaction of its own and is called before anything can fail."""

    def receive(self, inbound: Inbound, now: datetime) -> bool:
        """Keep it; False where a row with this key is already done (a duplicate)."""
        ...

    def claim(self, now: datetime, lease_seconds: int = 60) -> InboundRow | None:
        """The oldest row that is not done of a conversation that nobody else works on."""
        ...

    def claim_key(self, surface: str, key: str, now: datetime, lease_seconds: int = 60) -> InboundRow | None:
        """That row, where it is not done and nobody else works on its conversation."""
        ...

    def renew(self, row: InboundRow, now: datetime, lease_seconds: int = 60) -> bool:
        """Keep a claim that is still worked on; False where the row is done or somebody else's by now."""
        ...

    def done(self, row_id: int) -> bool:
        """Inside ``writing``: commits with the update and its outbox rows.

        False where somebody else was quicker (the claim had run out): then nothing of it may stay.
        """
        ...

    def failed(self, row_id: int, reason: str, now: datetime) -> None:
        """A transaction of its own; after 5 attempts the row is failed for good and listed by ``stuck``."""
        ...

    def stuck(self) -> list[InboundRow]: ...
    def waiting(self) -> int: ...


class OutboxStore(Protocol):
    """What goes out. Claims and what only moves a row's turn are transactions of their own."""

    def add(
        self,
        key: str,
        surface: str,
        conversation: str,
        content: Mapping[str, object],
        *,
        after: str | None = None,
        not_before: datetime | None = None,
        check: str | None = None,
    ) -> bool:
        """Inside ``writing``; False where the key exists already: the same post is never made twice."""
        ...

    def claim(self, now: datetime, surfaces: Collection[str], lease_seconds: int = 60) -> list[OutboxRow]:
        """Claim one conversation: its rows that can go now, in order (rows whose lease ran out become unsure)."""
        ...

    def renew(self, rows: Collection[OutboxRow], now: datetime, lease_seconds: int = 60) -> bool:
        """Keep a claim that is still worked on; False where none of the rows is ours any more."""
        ...

    def sent(self, row_id: int, platform_id: str | None, now: datetime) -> None:
        """Inside ``writing``: commits with what the record learns from it."""
        ...

    def later(self, row_id: int, not_before: datetime) -> None:
        """Back to new: the platform asked to wait, or refused before anything was posted."""
        ...

    def fill(self, row_id: int, content: Mapping[str, object]) -> None:
        """Inside ``writing``: what a row that is about to go says, where that is made only then."""
        ...

    def unsure(self, row_id: int) -> None: ...
    def supersede(self, row_id: int, reason: str) -> None: ...
    def supersede_matching(self, key_prefix: str, reason: str) -> int:
        """Inside ``writing``: rows that have not gone and need not any more."""
        ...

    def failed(self, row_id: int, reason: str) -> None:
        """Inside ``writing``: commits with the posts that tell of it."""
        ...

    def get(self, key: str) -> OutboxRow | None: ...
    def keys(self, prefix: str) -> set[str]:
        """The keys that start so, whatever their state: what the clock has already done."""
        ...

    def waiting(self) -> int: ...
    def of_person(self, surface: str, platform_id: str, conversation: str) -> OutboxRow | None:
        """The row that became this platform message."""
        ...


class AuditStore(Protocol):
    """Every change of anything, never updated or deleted, chained by hash."""

    def rows(
        self, *, plan_id: int | None = None, action_id: int | None = None, limit: int | None = None
    ) -> list[AuditRow]: ...
    def head(self) -> str: ...
    def verify(self) -> int | None:
        """The id of the first row whose hash does not follow from the one before; None when all do."""
        ...


class Store(Protocol):
    """One site's record."""

    site: str

    @property
    def plans(self) -> PlanStore: ...
    @property
    def people(self) -> PeopleStore: ...
    @property
    def updates(self) -> UpdateStore: ...
    @property
    def governance(self) -> GovernanceStore: ...
    @property
    def inbox(self) -> InboxStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def audit(self) -> AuditStore: ...

    def writing(self, change: Change) -> AbstractContextManager[None]:
        """One transaction; every write inside it is audited as this change."""
        ...

    def close(self) -> None: ...
