"""The queries: one .sql file a subject, each query under ``-- name: ...``, parameters named ``:like_this``.

``:site`` is always given. A query may hold ``/* filters */``, where fragments (queries whose name
begins with ``where_``) are put in when they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

__all__ = ["query"]

_NAME = re.compile(r"^-- name: ([a-z_]+)$", re.MULTILINE)
_FILTERS = "/* filters */"


@cache
def query(name: str, filters: Sequence[str] = ()) -> str:
    """The text of ``subject.query``, with the fragments of the same subject named by ``filters`` put in."""
    subject, _, rest = name.partition(".")
    queries = _load(subject)
    text = queries[rest]
    fragments = "\n".join(queries[f"where_{fragment}"] for fragment in filters)
    return text.replace(_FILTERS, fragments)


@cache
def _load(subject: str) -> Mapping[str, str]:
    text = resources.files(__name__).joinpath(f"{subject}.sql").read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    names, bodies = parts[::2], parts[1::2]
    if len(set(names)) != len(names):
        raise ValueError(f"two queries of one name in {subject}.sql")
    return dict(zip(names, (body.strip().rstrip(";") for body in bodies), strict=True))
