"""What docker-compose.yml promises, read off the file as its YAML says it, with the defaults of its variables."""

import re
from typing import Any

import pytest
from composing import PASSWORDS, ROOT, read

from oneshots.node import DISK_BYTES
from wirewatch.settings import PREFIX, Settings

OURS = "wirewatch:local"
# What containers can have of a Docker that is given 8 GB, and of one that is given 6: its own system takes some.
TOGETHER_MIB = 7680
SMALLER_MIB = 5760

COMPOSE = read({})
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = [name for name, service in SERVICES.items() if service["restart"] == "unless-stopped"]
ONE_SHOTS = [name for name in SERVICES if name not in LASTING]
EVERY = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


def _mib(size: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([mg])b?", size).groups()  # type: ignore[union-attr]
    return int(number) * (1024 if unit == "g" else 1)


def _together(services: dict[str, dict[str, Any]]) -> int:
    """What all that run at once may take: `setup` has ended before Kibana starts, so that one one-shot runs at most."""
    lasting = [
        _mib(services[name]["mem_limit"]) * int(services[name].get("deploy", {}).get("replicas", 1)) for name in LASTING
    ]
    return sum(lasting) + max(_mib(services[name]["mem_limit"]) for name in ONE_SHOTS)


def _seconds(duration: str) -> int:
    return int(duration.removesuffix("s"))


def test_one_service_builds_and_the_others_neither_build_nor_pull() -> None:
    ours = {name: service for name, service in SERVICES.items() if service["image"] == OURS}
    building = [name for name, service in SERVICES.items() if "build" in service]
    assert len(building) == 1
    assert ours.pop(building[0])["pull_policy"] == "build"
    assert {service["pull_policy"] for service in ours.values()} == {"never"}


@EVERY
def test_every_image_is_pinned(service: dict[str, Any]) -> None:
    assert service["image"] == OURS or re.search(r":\d+\.\d+\.\d+$", service["image"])


@EVERY
def test_every_service_has_a_limit_of_memory(service: dict[str, Any]) -> None:
    assert _mib(service["mem_limit"]) > 0


def test_all_that_runs_at_once_fits_a_docker_of_8_gb() -> None:
    assert _together(SERVICES) <= TOGETHER_MIB


def test_the_smaller_sizes_of_the_documentation_fit_what_it_says() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    smaller = dict(re.findall(r"^    ([A-Z_]+)=(\w+)$", text, re.MULTILINE))
    variables = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert smaller
    assert set(smaller) <= variables
    assert _together(read(smaller)["services"]) <= SMALLER_MIB


@pytest.mark.parametrize("name", ["kafka", "elasticsearch"])
def test_a_heap_leaves_room_for_the_rest_of_its_process(name: str) -> None:
    options = next(value for key, value in SERVICES[name]["environment"].items() if key in HEAPS)
    heap = _mib(re.findall(r"-Xmx(\w+)", options)[0])
    assert heap <= _mib(SERVICES[name]["mem_limit"]) / 2


HEAPS = ("KAFKA_HEAP_OPTS", "ES_JAVA_OPTS")


@pytest.mark.parametrize("name", LASTING)
def test_whatever_lasts_has_a_health_check_that_ends(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert _seconds(check["timeout"]) <= _seconds(check["interval"])


@pytest.mark.parametrize("name", LASTING)
def test_no_health_check_starts_a_jvm_and_none_of_ours_runs_often(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert ".sh" not in str(check["test"])
    assert SERVICES[name]["image"] != OURS or _seconds(check["interval"]) >= 30


def test_no_health_check_asks_for_a_password() -> None:
    """Who has the wrong one is told by `setup` in words; a container that is unhealthy says nothing."""
    assert not [name for name in LASTING if "PASSWORD" in str(SERVICES[name]["healthcheck"])]


@pytest.mark.parametrize("name", ONE_SHOTS)
def test_a_one_shot_gives_up(name: str) -> None:
    assert re.fullmatch(r"on-failure:\d+", SERVICES[name]["restart"])


@pytest.mark.parametrize("name", ["kafka", "elasticsearch"])
def test_a_server_with_data_has_time_to_close_it(name: str) -> None:
    assert _seconds(SERVICES[name]["stop_grace_period"]) >= 60


def test_the_watermarks_are_bytes_and_what_the_one_shot_calls_full() -> None:
    settings = SERVICES["elasticsearch"]["environment"]
    marks = [
        _mib(settings[f"cluster.routing.allocation.disk.watermark.{name}"].removesuffix("b"))
        for name in ("low", "high", "flood_stage")
    ]
    assert marks == sorted(marks, reverse=True)
    assert marks[0] * 1024**2 == DISK_BYTES


@EVERY
def test_no_port_is_published_beyond_this_machine(service: dict[str, Any]) -> None:
    assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", ()))


@EVERY
def test_every_setting_of_wirewatch_exists(service: dict[str, Any]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert {key for key in service.get("environment", {}) if key.startswith(PREFIX)} <= known


def test_the_servers_reach_nothing_outside() -> None:
    assert COMPOSE["networks"]["inside"] == COMPOSE["networks"]["log"] == {"internal": True}
    assert [name for name in SERVICES if "log" in SERVICES[name]["networks"]] == ["kafka", "deliver"]
    assert "inside" not in SERVICES["deliver"]["networks"]
    assert [name for name in SERVICES if "outside" in SERVICES[name]["networks"]] == [
        "kibana", "producers", "deliver", "web"
    ]  # fmt: skip


def test_the_pages_are_open_to_who_has_a_password_only() -> None:
    """Within the container it listens on every address: nobody who comes through the port is on loopback."""
    assert SERVICES["web"]["environment"]["WIREWATCH_HTTP_HOST"] == "0.0.0.0"
    given = read(PASSWORDS)["services"]["web"]["environment"]
    assert given["WIREWATCH_HTTP_PASSWORD"] == PASSWORDS["NEWSROOM_PASSWORD"]
    assert SERVICES["web"]["ports"] == [f"127.0.0.1:8484:{SERVICES['web']['environment']['WIREWATCH_HTTP_PORT']}"]


def test_scripts_of_the_image_end_their_lines_as_it_wants_them() -> None:
    assert "* text=auto eol=lf" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    for script in (ROOT / "deploy").iterdir():
        if script.is_file():
            assert b"\r" not in script.read_bytes(), script
