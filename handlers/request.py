"""What a handler is given: who asks, where, when, and what was read out of their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storage.model.document import PlanDocument
from storage.model.people import Person
from storage.model.post import Inbound, InboundKind
from storage.model.reading import Reading

if TYPE_CHECKING:
    from nlp.documents.returns import RatingSheet, ReturnSheet
    from storage.model.summary import ReportSummary

    Found = PlanDocument | ReturnSheet | RatingSheet | ReportSummary

__all__ = ["FileContent", "Request"]


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file that came with a message, fetched by the surface.

    ``found`` is what was read from it before the handler runs (``handlers.plans.files.examine``), for a
    long reading must hold no lock; ``fault`` the sentence where it could not be read.
    """

    name: str
    content: bytes
    found: Found | None = None
    fault: str | None = None
    identifying: tuple[
        str, ...
    ] = ()  # rows of a plan that seem to identify a patient ("row 12: an NHS number")


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a person did, ready for a handler.

    ``now`` is aware. ``zone`` is the site's. ``read`` reads a text as of a day (the surface hands in
    the pipeline's reading thread; a command that reads no text never loads it). ``administrators``
    are e-mail addresses or platform ids from the settings.
    """

    inbound: Inbound
    person: Person
    now: datetime
    zone: ZoneInfo
    read: Callable[[str, date], Reading]
    files: tuple[FileContent, ...] = ()
    administrators: frozenset[str] = frozenset()
    site_settings: Mapping[str, str] = field(default_factory=dict)
    prepared: object = None  # what ``handlers.answer.prepared`` made for this command before the transaction

    @property
    def text(self) -> str:
        return self.inbound.text

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def addressed(self) -> bool:
        """Whether the words can only be a command: a slash command, a tap, a form, or a leading slash."""
        kinds = {InboundKind.COMMAND, InboundKind.TAP, InboundKind.FORM}
        return self.inbound.kind in kinds or self.text.lstrip().startswith("/")
