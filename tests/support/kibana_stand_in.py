"""A stand-in for Kibana, which no package registry serves: saved objects in and out, and settings, on loopback.

It holds to what Kibana's source says of _import, _export and /api/kibana/settings: who may ask, what is refused, that
all objects of a file come in or none, and that each change moves `updated_at`. It draws nothing.
"""

import base64
import email
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]

# What an object may not refer to in vain; other references may be broken.
ENFORCED = ("index-pattern", "search")


class Kibana:
    """What is in it, and what a person does in it."""

    def __init__(self, password: str) -> None:
        self.address = ""
        self.objects: dict[str, Json] = {}
        self.settings: Json = {}
        self.posted = 0
        """How many objects came in so far."""
        self.authorization = "Basic " + base64.b64encode(f"elastic:{password}".encode()).decode()
        self._changes = 0

    def edit(self, name: str, **attributes: Any) -> None:
        """Somebody saves an object (`type:id`) with these attributes changed."""
        one = self.objects[name]
        self._save(name, one | {"attributes": one["attributes"] | attributes})

    def upgrade(self) -> None:
        """A newer Kibana: every object is migrated, which is no change of anybody's."""
        for one in self.objects.values():
            one["attributes"] = one["attributes"] | {"migrated": True}

    def imported(self, objects: list[Json], *, overwrite: bool) -> Json:
        """The answer to an import."""
        coming = {f"{one['type']}:{one['id']}": one for one in objects}
        errors = []
        for name, one in coming.items():
            type, id = name.split(":", 1)
            names = [f"{reference['type']}:{reference['id']}" for reference in one["references"]]
            lacking = [each for each in names if each.split(":")[0] in ENFORCED and each not in coming | self.objects]
            if lacking:
                errors.append({"type": type, "id": id, "error": {"type": "missing_references", "references": lacking}})
            elif name in self.objects and not overwrite:
                errors.append({"type": type, "id": id, "error": {"type": "conflict"}})
        if errors:
            return {"success": False, "successCount": 0, "errors": errors}
        for name, one in coming.items():
            self._save(name, one)
        self.posted += len(coming)
        return {"success": True, "successCount": len(coming)}

    def exported(self, types: list[str]) -> str:
        """The answer to an export."""
        return "\n".join(json.dumps(one) for one in self.objects.values() if one["type"] in types)

    def _save(self, name: str, one: Json) -> None:
        self._changes += 1
        self.objects[name] = one | {"updated_at": f"2026-11-26T12:00:00.{self._changes:03}Z"}


@contextmanager
def kibana(password: str) -> Iterator[Kibana]:
    """One that runs."""
    made = Kibana(password)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


def _handler(kibana: Kibana) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            status, text = self._answered(body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def _answered(self, body: bytes) -> tuple[int, str]:
            if self.headers["Authorization"] != kibana.authorization:
                return 401, '{"statusCode":401,"error":"Unauthorized"}'
            if self.command == "POST" and not self.headers["kbn-xsrf"]:
                return 400, "Request must contain a kbn-xsrf header."
            asked = urlsplit(self.path)
            match self.command, asked.path:
                case "GET", "/api/status":
                    return 200, '{"status":{"overall":{"level":"available"}}}'
                case "POST", "/api/saved_objects/_import":
                    overwrite = parse_qs(asked.query).get("overwrite") == ["true"]
                    return 200, json.dumps(kibana.imported(self._file(body), overwrite=overwrite))
                case "POST", "/api/saved_objects/_export":
                    return 200, kibana.exported(json.loads(body)["type"])
                case "POST", "/api/kibana/settings":
                    kibana.settings |= json.loads(body)["changes"]
                case "GET", "/api/kibana/settings":
                    pass
                case _:
                    return 404, '{"statusCode":404,"error":"Not Found"}'
            return 200, json.dumps({"settings": {key: {"userValue": one} for key, one in kibana.settings.items()}})

        def _file(self, body: bytes) -> list[Json]:
            message = email.message_from_bytes(
                b"Content-Type: " + self.headers["Content-Type"].encode() + b"\n\n" + body
            )
            _, part = message.walk()  # the form, and its one part
            assert str(part.get_filename()).endswith(".ndjson")  # Kibana refuses others
            return [json.loads(line) for line in part.get_payload(decode=True).splitlines() if line]  # type: ignore

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    return Handler
