"""Every setting, in one table: its name, default, meaning, and why that number.

Read from the environment (WIREWATCH_NAME), then from wirewatch.toml in the working folder. An unknown name is
an error with the name in it: a setting misspelt is a setting ignored.
"""

import difflib
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from runtime.kafka.security import Mechanism, Security

PREFIX = "WIREWATCH_"
FILE = Path("wirewatch.toml")
# Names under the prefix that are the test suite's, not the program's.
TEST_PREFIX = "WIREWATCH_TEST_"
TEST_NAMES = frozenset({"WIREWATCH_FORBID_SKIPS"})


class SettingsError(Exception):
    """A setting that does not exist or has a value that cannot be; the message is one line."""


def _set(default: Any, meaning: str, why: str, **limits: Any) -> Any:
    return Field(default=default, description=meaning, json_schema_extra={"why": why}, **limits)


class Settings(BaseSettings):
    """All settings. `why` of each is in its schema, and `wirewatch config` prints the table."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, toml_file=FILE)

    db: Path = _set(
        Path("wirewatch.db"), "the file of the embedded log and store", "the working folder needs no rights"
    )
    workers: int = _set(1, "child processes that enrich", "one leaves a core of a laptop to its owner", ge=1, le=64)
    profile: Literal["default", "fast"] = _set(
        "default", "how deep to read: fast leaves out the parser", "indirect quotes need the parser"
    )
    enrich_seconds: float = _set(
        60.0,
        "time one article may take to enrich",
        "the longest allowed body takes seconds; 60 means stuck",
        gt=0,
    )
    enrich_memory_mb: int = _set(
        2048,
        "address space of one enriching child",
        "the model takes 400 MB; room for one large article",
        ge=512,
    )
    parse_seconds: float = _set(
        5.0, "time one feed may take to parse", "the fattest honest feed takes under one second", gt=0
    )
    parse_memory_mb: int = _set(
        768, "address space of the parsing child", "hostile feeds ask for gigabytes; honest ones fit", ge=256
    )
    retention_days: int = _set(
        365,
        "days an article, its outcomes and its dead letters are kept; 0 keeps all",
        "a year of a thousand articles a day is about 3 GB",
        ge=0,
    )
    story_hours: int = _set(
        72, "how long a story takes in new copies", "wire copies are reprinted for up to three days", ge=1
    )
    feed_min_minutes: int = _set(
        2,
        "shortest time between two polls of a feed",
        "faster finds nothing earlier and annoys publishers",
        ge=1,
    )
    feed_max_hours: int = _set(
        24, "longest time between two polls of a feed", "a feed that sleeps is never forgotten", ge=1
    )
    host_pause_seconds: float = _set(
        5.0, "pause between two requests to one host", "what large crawlers of news settled on", ge=0
    )
    allow_hosts: str = _set(
        "",
        "hosts, by comma, that may be fetched although their address is private",
        "a feed must not reach into the own network unless its owner says so",
    )
    channel_hosts: str = _set(
        "",
        "hosts, by comma, that alerts may be sent to although their address is private",
        "whoever writes an alert must not reach into the own network unless its owner says so",
    )
    channel_kinds: str = _set(
        "",
        "kinds of channels, by comma, that may touch this machine itself (syslog, dbus …; files: templates and keys)",
        "an alert is told elsewhere, and reads no file here, unless the owner says so",
    )
    old_news_days: int = _set(
        7,
        "an article whose date is more days back than this alerts nobody: it is kept and marked; 0 tells of any",
        "an archive that is imported, or a feed added late, is no news; a week covers an outage",
        ge=0,
    )
    contact: str = _set(
        "", "address put into the user agent, for publishers to write to", "yours: nobody else can know it"
    )
    full_text: bool = _set(
        True, "fetch the page where the feed gives less than the article", "who said what stands in the body"
    )
    health_articles: bool = _set(
        False,
        "publish a short article when a feed fails, falls silent or recovers, to set an alert on (source:wirewatch)",
        "not everybody wants them among the news",
    )
    websub_callback: str = _set(
        "",
        "public address under which hubs can reach this machine; empty polls only",
        "most machines have none",
    )
    websub_key: str = _set(
        "", "secret from which callbacks and signatures are made; empty makes one a start", "yours to keep, if you do"
    )
    websub_port: int = _set(
        8470, "port on loopback for hubs' calls, behind your own proxy", "free on most machines", ge=0, le=65535
    )
    kafka: str = _set(
        "",
        "Kafka's bootstrap servers, host:port by comma; empty runs all in one process",
        "one command first",
    )
    kafka_prefix: str = _set("", "put before the names of topics and groups", "lets two installations share one Kafka")
    kafka_security: Security = _set(
        "PLAINTEXT", "how Kafka is spoken to: encrypted (SSL), with a user (SASL), or both", "Kafka's own default"
    )
    kafka_authority: str = _set(
        "", "file of the certificates that Kafka's is checked by; empty trusts whom the machine trusts", "yours to make"
    )
    kafka_mechanism: Mechanism = _set(
        "SCRAM-SHA-512", "how the user signs in, with SASL", "no password crosses the wire, and Kafka keeps none"
    )
    kafka_user: str = _set("", "user for Kafka, with SASL", "yours", validate_default=True)
    kafka_password: str = _set("", "that user's password", "yours")
    partitions: int = _set(
        4,
        "partitions of articles and wire when topics are created",
        "the most enrich workers that can share work",
        ge=1,
    )
    replication: int = _set(1, "replicas of each topic", "one broker has one; give 3 with three brokers or more", ge=1)
    topic_days: int = _set(14, "days the log topics are kept", "two weeks to replay, or to mend an outage", ge=1)
    elasticsearch: str = _set("", "Elasticsearch's address; empty uses the embedded store", "one command first")
    elasticsearch_user: str = _set("", "user for Elasticsearch", "security is on by default in the compose file")
    elasticsearch_password: str = _set("", "that user's password", "made by the script that writes .env")
    index_prefix: str = _set("", "put before index names", "lets two installations share one cluster")
    replicas: int = _set(
        0, "replicas of each index", "one node has nowhere to put a copy; give 1 with two nodes or more", ge=0
    )
    http_host: str = _set(
        "127.0.0.1",
        "address on which pages and API are served; off loopback they want a password, or a token",
        "nothing is open to a network unless asked",
    )
    http_port: int = _set(
        8484, "port of the HTTP API of `up` and `serve`; 0 serves none", "free on most machines", ge=0, le=65535
    )
    http_password: str = _set(
        "",
        "password with which `newsroom` may sign in as an editor, heeded where nobody may sign in yet",
        "made by the script that writes .env; `wirewatch user` changes it later",
    )
    metrics_port: int = _set(
        0,
        "port for Prometheus metrics on loopback; 0 serves none",
        "nothing listens unless asked",
        ge=0,
        le=65535,
    )

    @field_validator("kafka_authority")
    @classmethod
    def _there(cls, path: str) -> str:
        if path and not Path(path).is_file():
            raise ValueError("there is no such file")
        return path

    @field_validator("kafka_user")
    @classmethod
    def _named(cls, user: str, info: ValidationInfo) -> str:
        if not user and info.data.get("kafka_security", "").startswith("SASL_"):
            raise ValueError("SASL signs in as somebody: name the user")
        return user

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of precedence: the command line, the environment, the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(**given: Any) -> Settings:
    """The settings in force; `given` (the command line) goes before all else.

    Raises SettingsError for an unknown name or a bad value.
    """
    _refuse_unknown_names()
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from error
    except ValueError as error:  # a TOML file that is none
        raise SettingsError(f"{FILE} cannot be read: {error}") from error


def why(name: str) -> str:
    """The reason of a setting's default."""
    extra = Settings.model_fields[name].json_schema_extra
    return str(extra["why"]) if isinstance(extra, dict) else ""


def _refuse_unknown_names() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        ours = name.upper().startswith(PREFIX) and not name.startswith(TEST_PREFIX) and name not in TEST_NAMES
        if ours and name.upper() not in known:
            raise SettingsError(f"unknown setting {name} in the environment{_nearest(name, known)}")


def _one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown setting {name}{_nearest(name, set(Settings.model_fields))}"
    return f"setting {name}: {first['msg']}, not {first['input']!r}"


def _nearest(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f": did you mean {close[0]}?" if close else ": `wirewatch config` lists all"
