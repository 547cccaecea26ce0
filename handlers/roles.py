"""Who may do what, checked here and nowhere else."""

from __future__ import annotations

from handlers.request import Request
from storage.model.errors import NotAllowed
from storage.model.people import Person, Role
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["RANK", "allowed", "is_administrator", "may_import", "require", "roles_of"]

RANK = {role: rank for rank, role in enumerate(Role)}


def is_administrator(person: Person, administrators: frozenset[str]) -> bool:
    """Whether the settings name this person: by e-mail address or by a platform id."""
    names = {account.user_id for account in person.accounts} | ({person.email} if person.email else set())
    wanted = {name.casefold() for name in administrators}
    return any(name.casefold() in wanted for name in names)


def roles_of(person: Person, plan: Plan | None, store: Store, administrators: frozenset[str]) -> set[Role]:
    """The person's roles in the plan: those given, owner by owning, administrator by the settings."""
    roles = {Role.VIEWER}
    if is_administrator(person, administrators):
        roles.add(Role.ADMINISTRATOR)
    if plan is not None:
        roles |= store.people.roles(plan.id, person.id)
        if Role.OWNER not in roles and store.plans.views(plan.id, person_id=person.id):
            roles.add(Role.OWNER)
        if Role.DEPUTY not in roles and _stands_in(person, plan, store):
            roles.add(Role.DEPUTY)
    return roles


def _stands_in(person: Person, plan: Plan, store: Store) -> bool:
    """Whether the person is the deputy of somebody who owns an action."""
    principals = store.people.represented_by(person.id)
    return any(store.plans.views(plan.id, person_id=one.id) for one in principals)


def allowed(roles: set[Role], needed: Role) -> bool:
    """Whether one of the roles is the needed one or stands above it.

    An assurer judges claims and is no programme officer: the role gives what a viewer may, and itself.
    """
    if needed in roles or Role.ADMINISTRATOR in roles:
        return True
    ranks = [RANK[role] for role in roles if role is not Role.ASSURER]
    return needed is not Role.ASSURER and max(ranks, default=0) >= RANK[needed]


def may_import(request: Request, store: Store) -> None:
    """Refuse with a sentence unless the person belongs to the programme office of any plan, or is an administrator."""
    plans = store.plans.all()
    held = [roles_of(request.person, plan, store, request.administrators) for plan in plans]
    if not any(allowed(roles, Role.PMO) for roles in held):
        require(roles_of(request.person, None, store, request.administrators), Role.ADMINISTRATOR, "import")


def require(roles: set[Role], needed: Role, what: str) -> None:
    """Refuse with a sentence unless allowed."""
    if not allowed(roles, needed):
        who = {
            Role.PMO: "the programme office",
            Role.ADMINISTRATOR: "an administrator",
            Role.ASSURER: "an assurer",
            Role.OWNER: "owners of an action and their deputies",
        }.get(needed, f"the role of {needed}")
        raise NotAllowed(f"“{what}” is for {who}. Ask them, or ask an administrator for the role.")
