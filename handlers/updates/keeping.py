"""What an update brings with it wherever it is kept: its figures, and its links as evidence."""

from __future__ import annotations

import re

from storage.model.record import Update
from storage.store import Store

__all__ = ["keep_what_it_brings"]

_LINK = re.compile(r"https?://[^\s<>|\"']{4,500}")


def keep_what_it_brings(kept: Update, store: Store) -> None:
    """Keep the figures of its reading and the links in its words with its action, inside ``writing``."""
    if kept.reading.measures:
        store.updates.add_measures(kept.id, kept.action_id, kept.reading.measures)
    links = dict.fromkeys(url.rstrip(".,;)") for url in _LINK.findall(kept.text or ""))
    known = {one.link for one in store.governance.evidence(kept.action_id)} if links else set()
    for url in links:
        if url not in known:
            store.governance.add_evidence(kept.action_id, url)
