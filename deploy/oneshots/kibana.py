"""Kibana's interface, as far as the second one-shot needs it: saved objects in and out, and its settings.

Objects come in and go out by _import and _export, which alone of their interfaces are meant for programs; settings by
/api/kibana/settings, which shows those only that somebody set.
"""

import json
from collections.abc import Iterable
from typing import Any

import httpx

from oneshots.memory import There, digest
from oneshots.refusing import PATIENCE_SECONDS, RefusedError, patiently

Json = dict[str, Any]

# An import of a hundred objects takes a second; the rest is for a Kibana that has just started.
ANSWER_SECONDS = 60.0


class Kibana:
    """The Kibana behind an address, used by "elastic". Its methods raise RefusedError."""

    def __init__(self, address: str, password: str) -> None:
        self.address = address
        self._client = httpx.Client(
            base_url=address,
            auth=("elastic", password),
            # Without the first, Kibana takes a change for a forgery out of a browser.
            headers={"kbn-xsrf": "wirewatch", "x-elastic-internal-origin": "wirewatch"},
            timeout=ANSWER_SECONDS,
        )

    def close(self) -> None:
        """Speak to it no longer."""
        self._client.close()

    def wait(self, seconds: float = PATIENCE_SECONDS) -> None:
        """Until it is available."""
        patiently(self._in_the_way, seconds)

    def objects(self, types: Iterable[str]) -> dict[str, There]:
        """What there is of these types, by `type:id`."""
        asked = {"type": sorted(set(types)), "excludeExportDetails": True}
        lines = self._asked("POST", "/api/saved_objects/_export", json=asked).text.splitlines()
        return {name(one): _there(one) for one in map(json.loads, filter(None, lines))}

    def put(self, objects: Iterable[Json]) -> None:
        """Put these, over what may be there of them."""
        file = "\n".join(json.dumps(one) for one in objects)
        answer = self._asked(
            "POST",
            "/api/saved_objects/_import",
            params={"overwrite": "true"},
            files={"file": ("wirewatch.ndjson", file.encode())},
        ).json()
        if not answer["success"]:
            raise RefusedError(f"Kibana refuses {_first_error(answer)}")

    def settings(self) -> dict[str, Any]:
        """Those that somebody set."""
        found = self._asked("GET", "/api/kibana/settings").json()["settings"]
        return {key: one["userValue"] for key, one in found.items() if "userValue" in one}

    def set(self, changes: Json) -> None:
        """Set these, and no others."""
        self._asked("POST", "/api/kibana/settings", json={"changes": changes})

    def _in_the_way(self) -> str | None:
        try:
            answer = self._client.get("/api/status")
        except httpx.TransportError as error:
            return f"Kibana at {self.address} does not answer ({type(error).__name__}): see its log"
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return 'Kibana refuses the password of "elastic": the log of the service `setup` says what to do'
        return None if answer.is_success else f"Kibana is not available ({answer.status_code}): see its log"

    def _asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            answer = self._client.request(method, path, **more)
        except httpx.TransportError as error:
            raise RefusedError(f"Kibana at {self.address} went away ({type(error).__name__}) at {path}") from error
        if answer.is_error:
            raise RefusedError(f"Kibana refuses {path}: {answer.status_code} {answer.text[:500]}")
        return answer


def name(one: Json) -> str:
    """What an object is called among all."""
    return f"{one['type']}:{one['id']}"


def _there(one: Json) -> There:
    counted = {"attributes": _uncounted(one["attributes"]), "references": one.get("references", [])}
    return There(digest(counted), one.get("updated_at", ""))


def _uncounted(attributes: Json) -> Json:
    """Without how often each field was looked at, which Discover writes into a data view while people read."""
    if "fieldAttrs" not in attributes:
        return attributes
    fields = json.loads(attributes["fieldAttrs"])
    kept = {field: {key: value for key, value in one.items() if key != "count"} for field, one in fields.items()}
    labelled = {field: one for field, one in kept.items() if one}
    return {name: value for name, value in attributes.items() if name != "fieldAttrs"} | (
        {"fieldAttrs": labelled} if labelled else {}
    )


def _first_error(answer: Json) -> str:
    """Which object, and why."""
    errors = answer.get("errors") or [{}]
    first = errors[0]
    why = first.get("error", {})
    return f"{first.get('type')} {first.get('id')} and {len(errors) - 1} more: {json.dumps(why)[:300]}"
