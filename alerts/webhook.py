"""Posts an alert's data to a webhook, signed where the address has a secret.

Apprise reads the address (headers, methods, names and passwords in it) and says what went wrong; the body and the
signature are ours.
"""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

KINDS = frozenset({"json", "jsons"})
SECRET = "secret"
"""The parameter of an address that is not sent: what bodies are signed with."""
TIMESTAMP_HEADER = "X-Wirewatch-Timestamp"
SIGNATURE_HEADER = "X-Wirewatch-Signature"


def secret_of(address: str) -> str | None:
    """The secret that an address has, or None."""
    return parse_qs(address.partition("?")[2]).get(SECRET, [None])[0]


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA-256 of the timestamp, a full stop and the body, in hex: a copy sent later is seen to be late."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(secret: str | None, body: bytes, now: float) -> dict[str, str]:
    """The headers of a signature; none without a secret. `now`: seconds since 1970."""
    if secret is None:
        return {}
    timestamp = str(int(now))
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: f"sha256={signature(secret, timestamp, body)}"}


def body_of(data: Mapping[str, Any], extras: Mapping[str, str]) -> bytes:
    """The data as JSON. `extras` stand in the address as ":name=value": added, or another name for a field that is
    there, or none of it where the value is empty, as Apprise has it."""
    fields = dict(data)
    for name, value in extras.items():
        if name in data and name != "alert_id":
            moved = fields.pop(name)
            if value:
                fields[value] = moved
        else:
            fields[name] = value
    return json.dumps(fields).encode()


def sender(plugin: Any, data: Mapping[str, Any], secret: str | None) -> Callable[..., bool]:
    """What Apprise's NotifyJSON calls to send: it returns whether the data was taken, and logs why not."""

    def send(*_: object, **__: object) -> bool:
        # here: it takes a while to load, which only who tells should pay
        import requests

        body = body_of(data, plugin.payload_extras)
        headers = {"Content-Type": "application/json", "User-Agent": "wirewatch", **plugin.headers}
        port = f":{plugin.port}" if plugin.port else ""
        try:
            answer = requests.request(
                plugin.method,
                f"{'https' if plugin.secure else 'http'}://{plugin.host}{port}{plugin.fullpath}",
                data=body,
                params=plugin.params,
                headers=headers | signed(secret, body, time.time()),
                auth=(plugin.user, plugin.password) if plugin.user else None,
                verify=plugin.verify_certificate,
                timeout=plugin.request_timeout,
                allow_redirects=plugin.redirects,
            )
        except requests.RequestException:
            logging.getLogger("apprise").warning("no connection to %s", plugin.host)
            return False
        if not 200 <= answer.status_code < 300:
            logging.getLogger("apprise").warning("it answered error=%s", answer.status_code)
            return False
        return True

    return send
