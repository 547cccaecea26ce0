"""People, posts, organisations and roles, and which of them each printed owner stands for."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from storage.codec import day as to_day
from storage.codec import json_text
from storage.database import Row
from storage.model.errors import StoreError
from storage.model.people import Account, Erased, Organisation, Party, PartyKind, Person, Post, Role
from storage.owners import owner_key
from storage.personal import ERASED, everything_about, forget
from storage.session import Session

__all__ = ["People"]


class People:
    """See ``storage.store.PeopleStore``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Person]:
        accounts: dict[int, list[Account]] = {}
        for row in self._session.rows("people.accounts"):
            accounts.setdefault(row["person_id"], []).append(_account(row))
        return [_person(row, accounts.get(row["id"], ())) for row in self._session.rows("people.all")]

    def get(self, person_id: int) -> Person | None:
        return self._found(self._session.one("people.get", person_id=person_id))

    def by_account(self, surface: str, user_id: str) -> Person | None:
        return self._found(self._session.one("people.by_account", surface=surface, user_id=user_id))

    def by_name(self, name: str) -> list[Person]:
        wanted = owner_key(name)
        keyed = [(owner_key(person.name), person) for person in self.all()] if wanted else []
        exact = [person for key, person in keyed if key == wanted]
        return exact + [person for key, person in keyed if key != wanted and f" {wanted} " in f" {key} "]

    def represented_by(self, person_id: int) -> list[Person]:
        rows = self._session.rows("people.represented_by", person_id=person_id)
        return [person for row in rows if (person := self._found(row)) is not None]

    def add(self, name: str, *, email: str | None = None, organisation_id: int | None = None) -> Person:
        person_id = self._session.insert(
            "people.add", name=name, email=email, organisation_id=organisation_id
        )
        self._session.audit("person", person_id, now={"organisation": organisation_id})
        return Person(person_id, name, email, organisation_id=organisation_id)

    def change(self, person: Person) -> None:
        was = self._known(person.id)
        self._session.execute(
            "people.change",
            person_id=person.id,
            name=None if person.name == ERASED else person.name,
            email=person.email,
            away_until=person.away_until and person.away_until.isoformat(),
            deputy_id=person.deputy_id,
            organisation_id=person.organisation_id,
            active=int(person.active),
        )
        self._session.audit("person", person.id, was=_facts(was), now=_facts(person))

    def set_account(self, person_id: int, account: Account) -> None:
        self._session.execute(
            "people.set_account",
            person_id=person_id,
            surface=account.surface,
            user_id=account.user_id,
            conversation=account.conversation,
            details=json_text(dict(account.details)),
        )
        self._session.audit("account", person_id, now={"surface": account.surface})

    def meet(self, account: Account, name: str, email: str | None = None) -> Person:
        known = self.by_account(account.surface, account.user_id)
        if known is None and email:
            known = self._found(self._session.one("people.by_email", email=email))
        if known is None:
            known = self.add(name, email=email)
        if account not in known.accounts:
            self.set_account(known.id, account)
        return self._known(known.id)

    def everything_about(self, person_id: int) -> Mapping[str, object]:
        return everything_about(self._session, self._known(person_id))

    def forget(self, person_id: int) -> Erased:
        return forget(self._session, self._known(person_id))

    def organisations(self) -> list[Organisation]:
        return [_organisation(row) for row in self._session.rows("people.organisations")]

    def organisation(self, name: str) -> Organisation:
        row = self._session.one("people.organisation_by_key", name_key=owner_key(name))
        if row is not None:
            return _organisation(row)
        made = self._session.insert("people.add_organisation", name=name.strip(), name_key=owner_key(name))
        self._session.audit("organisation", made, now={"name": name.strip()})
        return Organisation(made, name.strip())

    def change_organisation(self, organisation: Organisation) -> None:
        values = {
            "name": organisation.name,
            "by_return": int(organisation.by_return),
            "clearing_officer_id": organisation.clearing_officer_id,
        }
        self._session.audit("organisation", organisation.id, now=values)
        self._session.execute(
            "people.change_organisation",
            organisation_id=organisation.id,
            name_key=owner_key(organisation.name),
            **values,
        )

    def post(self, name: str) -> Post:
        row = self._session.one("people.post_by_key", name_key=owner_key(name))
        if row is not None:
            return Post(row["id"], row["name"], row["organisation_id"])
        made = self._session.insert("people.add_post", name=name.strip(), name_key=owner_key(name))
        self._session.audit("post", made, now={"name": name.strip()})
        return Post(made, name.strip())

    def hold(self, post_id: int, person_id: int, since: date, until: date | None = None) -> None:
        self._session.execute(
            "people.end_holdings",
            post_id=post_id,
            since=since.isoformat(),
            until=(since - timedelta(days=1)).isoformat(),
        )
        values = {"since": since.isoformat(), "until": until and until.isoformat()}
        made = self._session.insert("people.add_holding", post_id=post_id, person_id=person_id, **values)
        self._session.audit("holding", made, now={"post": post_id, "person": person_id, **values})

    def holder(self, post_id: int, day: date) -> Person | None:
        return self._found(self._session.one("people.holder", post_id=post_id, day=day.isoformat()))

    def parties(self, plan_id: int, day: date) -> Mapping[int, tuple[Party, ...]]:
        rows = self._session.rows("people.parties", ["plan"], plan_id=plan_id, day=day.isoformat())
        parties: dict[int, list[Party]] = {}
        for row in rows:
            parties.setdefault(row["action_id"], []).append(_party(row))
        return {action_id: tuple(found) for action_id, found in parties.items()}

    def parties_of(self, action_id: int, day: date) -> tuple[Party, ...]:
        rows = self._session.rows("people.parties", ["action"], action_id=action_id, day=day.isoformat())
        return tuple(_party(row) for row in rows)

    def printed_owners(self, plan_id: int) -> list[tuple[str, int]]:
        rows = self._session.rows("people.printed_owners", plan_id=plan_id)
        return [(row["printed"], row["actions"]) for row in rows]

    def map_owner(self, plan_id: int, printed: str, kind: PartyKind, party_id: int) -> int:
        row = self._session.one("people.find_printed", plan_id=plan_id, key=owner_key(printed))
        if row is None:
            return 0
        columns = {f"{each.value}_id": party_id if each is kind else None for each in PartyKind}
        self._session.execute("people.map_printed", printed_id=row["id"], **columns)
        was = {column: row[column] for column in columns}
        self._session.audit("owner", row["id"], plan_id=plan_id, was=was, now=columns)
        touched = self._session.one("people.actions_of_printed", printed_id=row["id"])
        return int(touched["actions"]) if touched else 0

    def roles(self, plan_id: int, person_id: int) -> set[Role]:
        rows = self._session.rows("people.roles", plan_id=plan_id, person_id=person_id)
        roles = {Role(row["role"]) for row in rows}
        owns = self._session.one(
            "people.owns", plan_id=plan_id, person_id=person_id, day=self._session.today()
        )
        return roles | {Role.OWNER} if owns else roles

    def give_role(self, person_id: int, role: Role, plan_id: int | None = None) -> None:
        self._session.audit("role", person_id, plan_id=plan_id, now={"given": role.value})
        self._session.execute("people.give_role", person_id=person_id, role=role.value, plan_id=plan_id)

    def take_role(self, person_id: int, role: Role, plan_id: int | None = None) -> None:
        self._session.audit("role", person_id, plan_id=plan_id, now={"taken": role.value})
        self._session.execute("people.take_role", person_id=person_id, role=role.value, plan_id=plan_id)

    def with_role(self, plan_id: int, role: Role) -> list[Person]:
        rows = self._session.rows("people.with_role", plan_id=plan_id, role=role.value)
        return [person for row in rows if (person := self._found(row)) is not None]

    def _found(self, row: Row | None) -> Person | None:
        if row is None:
            return None
        accounts = self._session.rows("people.accounts_of", person_id=row["id"])
        return _person(row, [_account(account) for account in accounts])

    def _known(self, person_id: int) -> Person:
        person = self.get(person_id)
        if person is None:
            raise StoreError(f"There is no person with the number {person_id} in the record.")
        return person


def _person(row: Row, accounts: Iterable[Account]) -> Person:
    return Person(
        id=row["id"],
        name=row["name"] or ERASED,
        email=row["email"],
        accounts=tuple(accounts),
        away_until=to_day(row["away_until"]),
        deputy_id=row["deputy_id"],
        organisation_id=row["organisation_id"],
        active=bool(row["active"]),
    )


def _account(row: Row) -> Account:
    return Account(row["surface"], row["user_id"], row["conversation"], json.loads(row["details"]))


def _organisation(row: Row) -> Organisation:
    return Organisation(row["id"], row["name"], bool(row["by_return"]), row["clearing_officer_id"])


def _party(row: Row) -> Party:
    """An owner that nobody has mapped is shown as a post without a number."""
    for kind in PartyKind:
        if row[f"{kind.value}_id"] is not None:
            return Party(row["printed"], kind, row["role"], row[f"{kind.value}_id"], row["asked_id"])
    return Party(row["printed"], PartyKind.POST, row["role"], 0)


def _facts(person: Person) -> dict[str, object]:
    """What the audit may say of a person: never the name or the address, which must stay erasable."""
    values = dataclasses.asdict(person)
    return {name: values[name] for name in ("away_until", "deputy_id", "organisation_id", "active")}
