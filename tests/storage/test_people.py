"""People, posts and roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.model.errors import StoreError
from storage.model.people import Account, PartyKind, Role
from storage.model.plan import Plan
from storage.store import Store
from tests.storage.conftest import change


def test_a_person_is_met_once(store: Store) -> None:
    slack = Account("slack", "U1", "D1", {"team": "T1"})
    teams = Account("teams", "29:a")
    with store.writing(change()):
        ada = store.people.meet(slack, "Ada", "Ada@harbour.example")
        assert store.people.meet(slack, "Ada Quay") == ada
        both = store.people.meet(teams, "Quay, Ada", "ada@HARBOUR.example")
        other = store.people.meet(Account("slack", "U2"), "Ada")
    assert (both.id, both.name, both.accounts) == (ada.id, "Ada", (slack, teams))
    assert other.id != ada.id
    assert store.people.by_account("teams", "29:a") == both
    assert store.people.by_account("slack", "29:a") is None
    assert store.people.all() == [both, other]


def test_an_account_learns_its_conversation_and_keeps_it(store: Store) -> None:
    with store.writing(change()):
        ada = store.people.meet(Account("slack", "U1", "D1"), "Ada")
        store.people.set_account(ada.id, Account("slack", "U1"))
    known = store.people.get(ada.id)
    assert known is not None
    assert known.accounts == (Account("slack", "U1", "D1"),)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        pytest.param("ada quay", ["Ada Quay", "Dr Ada Quay"], id="exact first"),
        pytest.param("Quay", ["Ada Quay", "Dr Ada Quay"], id="a word"),
        pytest.param("Qua", [], id="half a word"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_people_are_found_by_name(store: Store, said: str, found: list[str]) -> None:
    with store.writing(change()):
        for name in ("Dr Ada Quay", "Ada Quay", "Ben Mast"):
            store.people.add(name)
    assert [person.name for person in store.people.by_name(said)] == found


def test_a_person_changes_and_the_audit_names_nobody(store: Store) -> None:
    with store.writing(change()):
        ada, ben = store.people.add("Ada Quay", email="ada@harbour.example"), store.people.add("Ben Mast")
        store.people.change(
            replace(ada, name="Ada Pier", away_until=date(2027, 4, 1), deputy_id=ben.id, active=False)
        )
    assert store.people.get(ada.id) == replace(
        ada, name="Ada Pier", away_until=date(2027, 4, 1), deputy_id=ben.id, active=False
    )
    written = repr([(row.was, row.now) for row in store.audit.rows()])
    assert not [word for word in ("Ada", "Ben", "harbour") if word in written]


def test_posts_and_organisations_are_made_once(store: Store) -> None:
    with store.writing(change()):
        assert store.people.post("COO") == store.people.post(" coo ")
        trust = store.people.organisation("Harbour Trust")
        assert store.people.organisation("harbour  trust") == trust
        ada = store.people.add("Ada Quay", organisation_id=trust.id)
        store.people.change_organisation(replace(trust, by_return=True, clearing_officer_id=ada.id))
    assert store.people.organisations() == [replace(trust, by_return=True, clearing_officer_id=ada.id)]


def test_a_post_outlives_its_holders(store: Store) -> None:
    with store.writing(change()):
        ada, ben, cy = (store.people.add(name) for name in ("Ada", "Ben", "Cy"))
        post = store.people.post("COO")
        store.people.hold(post.id, ada.id, date(2027, 1, 1))
        store.people.hold(post.id, ben.id, date(2027, 3, 1), date(2027, 3, 31))
        store.people.hold(post.id, cy.id, date(2027, 5, 1))

    def holder(month: int, day: int) -> str | None:
        person = store.people.holder(post.id, date(2027, month, day))
        return person.name if person else None

    assert [holder(2, 28), holder(3, 1), holder(3, 31), holder(4, 1), holder(5, 1)] == [
        "Ada",
        "Ben",
        "Ben",
        None,
        "Cy",
    ]
    assert store.people.holder(post.id, date(2026, 12, 31)) is None


def test_an_organisation_is_asked_through_its_clearing_officer(store: Store, plan: Plan) -> None:
    with store.writing(change()):
        ada = store.people.add("Ada")
        board = store.people.organisation("Harbour Board")
        store.people.change_organisation(replace(board, clearing_officer_id=ada.id))
        store.people.map_owner(plan.id, "Harbour Board", PartyKind.ORGANISATION, board.id)
    action = store.plans.action(plan.id, "1.1")[0]
    party = store.people.parties_of(action.id, date(2027, 3, 1))[1]
    assert (party.kind, party.party_id, party.person_id) == (PartyKind.ORGANISATION, board.id, ada.id)
    assert store.people.roles(plan.id, ada.id) == {Role.OWNER}
    assert len(store.plans.views(plan.id, person_id=ada.id)) == 1


def test_roles_are_of_a_plan_or_of_the_site(store: Store, plan: Plan) -> None:
    with store.writing(change()):
        ada, ben = store.people.add("Ada"), store.people.add("Ben")
        store.people.give_role(ada.id, Role.PMO, plan.id)
        store.people.give_role(ada.id, Role.PMO, plan.id)
        store.people.give_role(ben.id, Role.ADMINISTRATOR)
    assert store.people.roles(plan.id, ada.id) == {Role.PMO}
    assert store.people.roles(plan.id, ben.id) == {Role.ADMINISTRATOR}
    assert store.people.with_role(plan.id, Role.PMO) == [ada]
    with store.writing(change()):
        store.people.take_role(ada.id, Role.PMO)
    assert store.people.roles(plan.id, ada.id) == {Role.PMO}
    with store.writing(change()):
        store.people.take_role(ada.id, Role.PMO, plan.id)
    assert store.people.roles(plan.id, ada.id) == set()


def test_nobody_can_be_mapped_who_is_not_there(store: Store, plan: Plan) -> None:
    with pytest.raises(StoreError, match="would break it"), store.writing(change()):
        store.people.map_owner(plan.id, "COO", PartyKind.PERSON, 999)


def test_a_deputy_stands_for_all_who_named_them(store: Store) -> None:
    with store.writing(change()):
        ada, ben, cy = (store.people.add(name) for name in ("Ada", "Ben", "Cy"))
        for one in (ada, ben):
            store.people.change(replace(one, deputy_id=cy.id))
    assert [one.name for one in store.people.represented_by(cy.id)] == ["Ada", "Ben"]
    assert store.people.represented_by(ada.id) == []
