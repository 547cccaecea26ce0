"""The keys of the fake: it signs what it brings to the bot as Microsoft does, and the tokens that the bot brings."""

from __future__ import annotations

import json
import time
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.fakes.teams.world import APP_ID

__all__ = ["BOT_AUDIENCE", "ISSUER", "bot_token", "key", "public_keys", "sign"]

ISSUER = "https://api.botframework.com"
BOT_AUDIENCE = "https://api.botframework.com"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A key of that name; "right" is the one that is published."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_keys() -> dict[str, Any]:
    held = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key("right").public_key()))
    return {"keys": [{**held, "kid": "right", "use": "sig", "alg": "RS256"}]}


def sign(service_url: str, *, signed_with: str = "right", **claims: Any) -> str:
    """The token beside an activity; ``claims`` are what is different in it."""
    now = int(time.time())
    told = {
        "iss": ISSUER,
        "aud": APP_ID,
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        "serviceurl": service_url,
    }
    told = {name: value for name, value in (told | claims).items() if value is not None}
    return jwt.encode(told, key(signed_with), algorithm="RS256", headers={"kid": "right"})


def bot_token() -> str:
    """What the identity service would give to the bot."""
    now = int(time.time())
    claims = {
        "iss": "https://sts.example",
        "aud": BOT_AUDIENCE,
        "appid": APP_ID,
        "iat": now,
        "exp": now + 3600,
    }
    return jwt.encode(claims, key("login"), algorithm="RS256")
