"""The one door to the Teams library, with its own reading of the environment fenced off.

Importing it loads ``.env`` into the environment and warns of features that the bot does not use. The settings
are frozen by then, and the environment is put back, so nothing of that reaches anybody.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["PUBLIC", "ApiClient", "App", "ClientOptions", "CloudEnvironment", "TokenValidator", "fenced"]


@contextmanager
def fenced() -> Iterator[None]:
    """Inside, the environment holds none of the general names that the library reads; afterwards it is as before."""
    before = dict(os.environ)
    for name in _READ_BY_THE_LIBRARY & before.keys():
        del os.environ[name]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


_READ_BY_THE_LIBRARY = {
    "CLIENT_ID",
    "CLIENT_SECRET",
    "CLOUD",
    "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS",
    "MANAGED_IDENTITY_CLIENT_ID",
    "PORT",
    "SERVICE_URL",
    "TENANT_ID",
}

with fenced():
    from microsoft_teams.api import ApiClient
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment
    from microsoft_teams.apps import App
    from microsoft_teams.apps.auth import TokenValidator
    from microsoft_teams.common import ClientOptions
