"""Runs every service's command of the compose file from the built image, against the servers that the tests start.

python deploy/run_services.py COMPOSE.JSON, out of `docker compose config --format json`. What it cannot prove is that
the images of Kafka, Elasticsearch and Kibana start: there is no engine to start them.
"""

import contextlib
import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from servers import elasticsearch
from servers.composed import ComposedKafka
from servers.process import free_port

from wirewatch.settings import PREFIX, Settings

HEALTHY_SECONDS = 120
STOP_SECONDS = 10
ARTICLE = {
    "id": "tomahawk",
    "title": "Kremlin answers on Tomahawks",
    "text": "MOSCOW — “We are waiting for clarity on the Tomahawk missiles,” Kremlin spokesman Dmitry Peskov said.",
}


def main() -> None:
    """Every check in turn; the first that fails ends it."""
    compose = json.loads(Path(sys.argv[1]).read_text())
    services: dict[str, Any] = compose["services"]
    _look_at(services)
    with tempfile.TemporaryDirectory(prefix="wirewatch-containers-") as name, contextlib.ExitStack() as running:
        folder = Path(name)
        folder.chmod(0o755)
        where = _servers(folder, services, running)
        _one_shot(services["setup"], where)
        _say("setup: users, rights and templates are put on a secured Elasticsearch")
        with _kibana() as imported:
            _one_shot(services["dashboards"], where | {"KIBANA": imported.address})
        _check(imported.objects > 0, "the second one-shot imported nothing")
        _say(f"dashboards: {imported.objects} objects posted (to a stand-in for Kibana)")
        _workers({name: each for name, each in services.items() if _is_worker(each)}, where, folder)


def _look_at(services: dict[str, Any]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name, service in services.items():
        ours = {key for key in service.get("environment", {}) if key.startswith(PREFIX)}
        _check(ours <= known, f"{name}: no such settings: {sorted(ours - known)}")
        image = service["image"]
        _check(image == "wirewatch" or image.rpartition(":")[2][0].isdigit(), f"{name}: {image} is not pinned")
        _check("mem_limit" in service, f"{name}: no memory limit")
        one_shot = service["restart"] == "on-failure"
        _check(one_shot or "healthcheck" in service, f"{name}: no health check")
        open_to_all = [port for port in service.get("ports", ()) if port.get("host_ip") != "127.0.0.1"]
        _check(not open_to_all, f"{name}: published beyond this machine: {open_to_all}")
    _say(f"{len(services)} services: settings known, images pinned, memory limited, health checked, ports closed")


def _servers(folder: Path, services: dict[str, Any], running: contextlib.ExitStack) -> dict[str, str]:
    """A Kafka and an Elasticsearch, with the passwords that the compose file gives them; where they are."""
    for part in ("kafka", "elasticsearch"):
        (folder / part).mkdir()
    broker = ComposedKafka(folder / "kafka", services["kafka"])
    password = services["elasticsearch"]["environment"]["ELASTIC_PASSWORD"]
    node = elasticsearch.Elasticsearch(folder / "elasticsearch", password=password)
    for server in (broker, node):
        running.callback(server.stop)
        server.start()
    _check(broker.healthy(), "kafka runs, and its health check says that it does not")
    _say("kafka: runs with what its image makes of the environment, and is healthy")
    return {"WIREWATCH_KAFKA": broker.bootstrap, "WIREWATCH_ELASTICSEARCH": node.url, "ELASTICSEARCH": node.url}


def _is_worker(service: dict[str, Any]) -> bool:
    return bool(service["image"] == "wirewatch" and service["restart"] != "on-failure")


def _one_shot(service: dict[str, Any], where: dict[str, str]) -> None:
    for _ in range(2):  # done again it must change nothing, and not fail
        done = subprocess.run(_command(service, where), capture_output=True, text=True)
        _check(done.returncode == 0, f"{service['command']} ended with {done.returncode}: {done.stderr[-2000:]}")


def _workers(services: dict[str, Any], where: dict[str, str], folder: Path) -> None:
    """All workers at once, healthy, an article through them to the index, and an end in time."""
    _know_a_feed(services["producers"], where)
    logs = {name: folder / f"{name}.log" for name in services}
    with contextlib.ExitStack() as running:
        processes = {}
        for name, service in services.items():
            own = where | {"WIREWATCH_METRICS_PORT": str(free_port())}
            out = running.enter_context(logs[name].open("w"))
            processes[name] = subprocess.Popen(
                _command(service, own), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
            running.callback(_kill, processes[name])
            health = service["healthcheck"]["test"][1:]
            _until(lambda own=own, service=service, health=health: _succeeds(service, own, health), logs[name])
            _say(f"{name}: {' '.join(service['command'])} runs from the image and is healthy")
        _begun(services["producers"], where)
        _pass_an_article(services["index"], where, folder)
        _refuse_others(services["index"], where)
        for name, process in processes.items():
            began = time.monotonic()
            _terminate(process)
            _check(time.monotonic() - began < STOP_SECONDS, f"{name} did not end within {STOP_SECONDS} s")
        _say(f"{len(processes)} workers end within {STOP_SECONDS} s of SIGTERM")


def _know_a_feed(service: dict[str, Any], where: dict[str, str]) -> None:
    """One that nobody serves: whoever knows none begins with the seeds', and this check would ask the world."""
    adding = ["wirewatch", "feeds", "add", "http://127.0.0.1:9/feed", "--unseen"]
    _check(_succeeds(service, where, adding), "no feed can be added")


def _begun(service: dict[str, Any], where: dict[str, str]) -> None:
    listing = service | {"command": ["wirewatch", "alert", "list", "--json"]}
    done = subprocess.run(_command(listing, where), capture_output=True, text=True)
    _check("Tomahawk" in done.stdout, f"the example alerts are not on: {done.stderr}")
    _say(f"producers: began with {len(done.stdout.splitlines())} example alerts out of the image's seeds")


def _pass_an_article(service: dict[str, Any], where: dict[str, str], folder: Path) -> None:
    (folder / "article.jsonl").write_text(json.dumps(ARTICLE) + "\n")
    volume = ["--volume", f"{folder}/article.jsonl:/tmp/article.jsonl:ro"]
    _check(_succeeds(service, where, ["wirewatch", "import", "/tmp/article.jsonl"], volume), "the import failed")

    def indexed() -> bool:
        done = _ledger(service, where)
        return done.returncode == 0 and json.loads(done.stdout)["indexed"] == 1

    _until(indexed, None)
    _say("an article went from `wirewatch import` through every worker to the index; the ledger is balanced")


def _refuse_others(service: dict[str, Any], where: dict[str, str]) -> None:
    """The command that has just succeeded must fail for one who has not the password."""
    for one in ({"WIREWATCH_KAFKA_SECURITY": "PLAINTEXT"}, {"WIREWATCH_KAFKA_PASSWORD": "guessed"}):
        done = _ledger(service, where | one)
        _check(done.returncode == 1 and "Kafka at" in done.stderr, f"kafka lets one in with {one}: {done.stderr}")
    _say("kafka: whoever comes without its password, or with another, is refused")


def _ledger(service: dict[str, Any], where: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    asking = service | {"command": ["wirewatch", "ledger", "--json"]}
    return subprocess.run(_command(asking, where), capture_output=True, text=True)


def _command(service: dict[str, Any], where: dict[str, str], more: list[str] | None = None) -> list[str]:
    """The service's command in its image, as its user, with its environment but for where the servers are."""
    environment = service["environment"]
    given = environment | {name: place for name, place in where.items() if name in environment}
    variables = [word for name, value in given.items() for word in ("--env", f"{name}={value}")]
    return [
        "buildah", "run", "--isolation", "chroot", *variables, *(more or []), _container(), "--", *service["command"]
    ]  # fmt: skip


@functools.cache
def _container() -> str:
    """One container of the image, in which all commands run."""
    made = ["buildah", "from", "--pull=false", "localhost/wirewatch"]
    return subprocess.run(made, capture_output=True, text=True, check=True).stdout.strip()


def _succeeds(
    service: dict[str, Any], where: dict[str, str], command: list[str], more: list[str] | None = None
) -> bool:
    done = subprocess.run(_command(service | {"command": command}, where, more), capture_output=True)
    return done.returncode == 0


def _until(holds: Any, log: Path | None) -> None:
    deadline = time.monotonic() + HEALTHY_SECONDS
    while not holds():
        _check(time.monotonic() < deadline, f"not within {HEALTHY_SECONDS} s: {log.read_text()[-2000:] if log else ''}")
        time.sleep(1)


def _terminate(process: "subprocess.Popen[bytes]") -> None:
    """SIGTERM to the command itself: it leads no group of its own, and buildah passes nothing on."""
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(3 * STOP_SECONDS)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class _Imported:
    def __init__(self) -> None:
        self.objects = 0
        self.address = ""


@contextlib.contextmanager
def _kibana() -> Iterator[_Imported]:
    """Answers as Kibana's import does, and counts what it is given."""
    imported = _Imported()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            imported.objects = sum(line.startswith("{") for line in body.splitlines())
            answer = json.dumps({"success": True, "successCount": imported.objects}).encode()
            self.send_response(200 if self.headers["kbn-xsrf"] else 400)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    imported.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield imported
    server.shutdown()


def _check(holds: bool, problem: str) -> None:
    if not holds:
        sys.exit(f"FAILED: {problem}")


def _say(line: str) -> None:
    print(f"ok: {line}", flush=True)


if __name__ == "__main__":
    try:
        main()
    finally:
        subprocess.run(["buildah", "rm", _container()], stdout=subprocess.DEVNULL, check=False)
