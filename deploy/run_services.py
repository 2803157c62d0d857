"""Runs every service's command of the compose file from the built image, against the servers that the tests start.

python deploy/run_services.py COMPOSE.JSON, out of `docker compose config --format json`. What it cannot prove is that
the images of Kafka, Elasticsearch and Kibana start: there is no engine to start them.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from containers import IMAGE, STOP_SECONDS, check, command, container, kill, memory_mib, run, say, terminate, until
from kibana_stand_in import Kibana, kibana
from servers.composed import ComposedKafka
from servers.composed_elasticsearch import ComposedElasticsearch
from servers.process import free_port

from wirewatch.settings import PREFIX, Settings

ARTICLE = {
    "id": "tomahawk",
    "title": "Kremlin answers on Tomahawks",
    "text": "MOSCOW — “We are waiting for clarity on the Tomahawk missiles,” Kremlin spokesman Dmitry Peskov said.",
}
MIB = 1024**2


def main() -> None:
    """Every check in turn; the first that fails ends it."""
    compose = json.loads(Path(sys.argv[1]).read_text())
    services: dict[str, Any] = compose["services"]
    _look_at(services)
    with tempfile.TemporaryDirectory(prefix="wirewatch-containers-") as name, contextlib.ExitStack() as running:
        folder = Path(name)
        folder.chmod(0o755)
        where = _servers(folder, services, running)
        _users(services["setup"], where)
        _dashboards(services["dashboards"], where)
        _workers({name: each for name, each in services.items() if _is_worker(each)}, where, folder)


def _look_at(services: dict[str, Any]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name, service in services.items():
        ours = {key for key in service.get("environment", {}) if key.startswith(PREFIX)}
        check(ours <= known, f"{name}: no such settings: {sorted(ours - known)}")
        image = service["image"]
        check(image == IMAGE or image.rpartition(":")[2][0].isdigit(), f"{name}: {image} is not pinned")
        check("mem_limit" in service, f"{name}: no memory limit")
        check(_is_one_shot(service) or "healthcheck" in service, f"{name}: no health check")
        open_to_all = [port for port in service.get("ports", ()) if port.get("host_ip") != "127.0.0.1"]
        check(not open_to_all, f"{name}: published beyond this machine: {open_to_all}")
    say(f"{len(services)} services: settings known, images pinned, memory limited, health checked, ports closed")
    building = [name for name, service in services.items() if "build" in service]
    pulled = [name for name, each in services.items() if each["image"] == IMAGE and each["pull_policy"] == "always"]
    check(len(building) == 1 and not pulled, f"built by {building}, pulled by {pulled}")
    lasting = [_limit(service) for service in services.values() if not _is_one_shot(service)]
    one_shots = [_limit(service) for service in services.values() if _is_one_shot(service)]
    say(f"{building[0]} alone builds; what runs at once is limited to {sum(lasting) + max(one_shots)} MiB together")


def _limit(service: dict[str, Any]) -> int:
    return int(service["mem_limit"]) // MIB * int(service.get("deploy", {}).get("replicas", 1))


def _servers(folder: Path, services: dict[str, Any], running: contextlib.ExitStack) -> dict[str, str]:
    """A Kafka and an Elasticsearch, of what the compose file gives them; where they are."""
    for part in ("kafka", "elasticsearch"):
        (folder / part).mkdir()
    broker = ComposedKafka(folder / "kafka", services["kafka"])
    node = ComposedElasticsearch(folder / "elasticsearch", services["elasticsearch"])
    check(not broker.healthy(), "kafka's health check calls a broker healthy that does not run")
    for server in (broker, node):
        running.callback(server.stop)
        server.start()
    check(broker.healthy(), "kafka runs, and its health check says that it does not")
    say("kafka: runs with what its image makes of the environment, and is healthy")
    in_force = httpx.get(
        f"{node.url}/_cluster/settings?include_defaults&flat_settings", auth=node.auth, timeout=30
    ).json()["defaults"]
    other = {name: in_force.get(name) for name, value in node.given.items() if in_force.get(name) != value}
    check(not other, f"elasticsearch does not keep to its environment: {other}")
    marks = [value for name, value in node.given.items() if "watermark" in name]
    say(f"elasticsearch: runs with its environment's settings; watermarks {', '.join(marks)}")
    return {"WIREWATCH_KAFKA": broker.bootstrap, "WIREWATCH_ELASTICSEARCH": node.url, "ELASTICSEARCH": node.url}


def _is_one_shot(service: dict[str, Any]) -> bool:
    return str(service["restart"]).startswith("on-failure")


def _is_worker(service: dict[str, Any]) -> bool:
    return bool(service["image"] == IMAGE and not _is_one_shot(service))


def _users(setup: dict[str, Any], where: dict[str, str]) -> None:
    """The first one-shot: twice with a person's password between, and once with a password that is not elastic's."""
    _one_shot(setup, where)
    place, elastic = where["ELASTICSEARCH"], ("elastic", setup["environment"]["ELASTIC_PASSWORD"])
    of_theirs = {"password": "of-their-own"}
    httpx.put(f"{place}/_security/user/newsroom/_password", json=of_theirs, auth=elastic, timeout=30).raise_for_status()
    told = _one_shot(setup, where)
    kept = httpx.get(f"{place}/_security/_authenticate", auth=("newsroom", "of-their-own"), timeout=30)
    check(kept.is_success, "the second `up` took a person's password away")
    check("newsroom" in told, f"nobody is told that the password of .env is not newsroom's: {told}")
    say("setup: users, rights and indexes are put on a secured Elasticsearch; again, a changed password stays")
    wrong = setup | {"environment": setup["environment"] | {"ELASTIC_PASSWORD": "lost"}}
    refused = run(wrong, where, setup["command"])
    # buildah adds lines of its own
    line, rest = refused.stderr.split("\n", 1)
    check(
        refused.returncode == 1 and "ELASTIC_PASSWORD" in line and "File" not in rest, f"not one line: {refused.stderr}"
    )
    say("setup: with a password that is not elastic's it ends with one line, which names ELASTIC_PASSWORD")


def _dashboards(dashboards: dict[str, Any], where: dict[str, str]) -> None:
    """The second one-shot: twice, with a person's changes between."""
    with kibana(dashboards["environment"]["ELASTIC_PASSWORD"]) as standing_in:
        there = where | {"KIBANA": standing_in.address}
        _one_shot(dashboards, there)
        number, settings = standing_in.posted, dict(standing_in.settings)
        check(number > 0 and bool(settings), "the second one-shot brought in nothing")
        changed = _change(standing_in)
        told = _one_shot(dashboards, there)
        kept = all(standing_in.objects[name]["attributes"]["title"] == "Ours" for name in changed)
        check(kept and standing_in.posted == number, "the second `up` overwrote what a person changed")
        check(all(name in told for name in changed), f"nobody is told what was kept: {told}")
    say(
        f"dashboards: {number} objects and {len(settings)} settings (in a stand-in for Kibana); again, a changed "
        "dashboard and a changed saved search stay"
    )


def _change(standing_in: Kibana) -> list[str]:
    changed = [
        next(name for name in standing_in.objects if name.startswith(f"{type}:")) for type in ("dashboard", "search")
    ]
    for name in changed:
        standing_in.edit(name, title="Ours")
    return changed


def _one_shot(service: dict[str, Any], where: dict[str, str]) -> str:
    done = run(service, where, service["command"])
    check(done.returncode == 0, f"{service['command']} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _workers(services: dict[str, Any], where: dict[str, str], folder: Path) -> None:
    """All workers at once, healthy, an article through them to the index, and an end in time."""
    _know_a_feed(services["producers"], where)
    logs = {name: folder / f"{name}.log" for name in services}
    with contextlib.ExitStack() as running:
        processes = {}
        for name, service in services.items():
            own = where | {name: str(free_port()) for name in ("WIREWATCH_METRICS_PORT", "WIREWATCH_HTTP_PORT")}
            out = running.enter_context(logs[name].open("w"))
            processes[name] = subprocess.Popen(
                command(service, own), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
            running.callback(kill, processes[name])
            health = service["healthcheck"]["test"][1:]
            until(lambda own=own, service=service, health=health: _succeeds(service, own, health), logs[name])
            say(f"{name}: {' '.join(service['command'])} runs from the image and is healthy")
        _begun(services["producers"], where)
        _pass_an_article(services["index"], where, folder)
        _refuse_others(services["index"], where)
        _weigh(services, processes)
        for name, process in processes.items():
            began = time.monotonic()
            terminate(process)
            check(time.monotonic() - began < STOP_SECONDS, f"{name} did not end within {STOP_SECONDS} s")
        say(f"{len(processes)} workers end within {STOP_SECONDS} s of SIGTERM")


def _weigh(services: dict[str, Any], processes: dict[str, "subprocess.Popen[bytes]"]) -> None:
    held = {name: memory_mib(process) for name, process in processes.items()}
    over = {name for name, mib in held.items() if mib > int(services[name]["mem_limit"]) / MIB}
    check(not over, f"more memory than their limits: {over}: {held}")
    say("MiB held after one article: " + ", ".join(f"{name} {mib}" for name, mib in held.items()))


def _know_a_feed(service: dict[str, Any], where: dict[str, str]) -> None:
    """One that nobody serves: whoever knows none begins with the seeds', and this check would ask the world."""
    adding = ["wirewatch", "feeds", "add", "http://127.0.0.1:9/feed", "--unseen"]
    check(_succeeds(service, where, adding), "no feed can be added")


def _begun(service: dict[str, Any], where: dict[str, str]) -> None:
    done = run(service, where, ["wirewatch", "alert", "list", "--json"])
    check("Tomahawk" in done.stdout, f"the example alerts are not on: {done.stderr}")
    say(f"producers: began with {len(done.stdout.splitlines())} example alerts out of the image's seeds")


def _pass_an_article(service: dict[str, Any], where: dict[str, str], folder: Path) -> None:
    (folder / "article.jsonl").write_text(json.dumps(ARTICLE) + "\n")
    volume = ["--volume", f"{folder}/article.jsonl:/tmp/article.jsonl:ro"]
    done = run(service, where, ["wirewatch", "import", "/tmp/article.jsonl"], volume)
    check(done.returncode == 0, f"the import failed: {done.stderr}")

    def indexed() -> bool:
        done = _ledger(service, where)
        return done.returncode == 0 and json.loads(done.stdout)["indexed"] == 1

    until(indexed, None)
    say("an article went from `wirewatch import` through every worker to the index; the ledger is balanced")


def _refuse_others(service: dict[str, Any], where: dict[str, str]) -> None:
    """The command that has just succeeded must fail for one who has not the password."""
    for one in ({"WIREWATCH_KAFKA_SECURITY": "PLAINTEXT"}, {"WIREWATCH_KAFKA_PASSWORD": "guessed"}):
        done = _ledger(service, where | one)
        check(done.returncode == 1 and "Kafka at" in done.stderr, f"kafka lets one in with {one}: {done.stderr}")
    say("kafka: whoever comes without its password, or with another, is refused")


def _ledger(service: dict[str, Any], where: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return run(service, where, ["wirewatch", "ledger", "--json"])


def _succeeds(service: dict[str, Any], where: dict[str, str], words: list[str]) -> bool:
    return run(service, where, words).returncode == 0


if __name__ == "__main__":
    try:
        main()
    finally:
        subprocess.run(["buildah", "rm", container()], stdout=subprocess.DEVNULL, check=False)
