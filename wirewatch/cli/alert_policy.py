"""The options of an alert's policy, the same for adding and changing one, and the fields that they stand for."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from alerts.by_the_clock import is_by_the_clock
from alerts.digest_time import DigestTimeError, digest_fields
from schemas.alert import Subscription
from wirewatch.cli.context import Problem, told

To = Annotated[list[str] | None, typer.Option(help="An Apprise address; may be given again. none: nobody.")]
Policy = Annotated[
    str | None, typer.Option(help="every article, once a story, digest; by the clock alone: briefing, contributors.")
]
Digest = Annotated[
    str | None,
    typer.Option(help="When digests go out: 08:00 each day, “mon 08:00” each week, or 60 for every 60 minutes."),
]
Cooldown = Annotated[int | None, typer.Option(min=0, help="Minutes after a message in which none comes.")]
Quiet = Annotated[str | None, typer.Option(help="No message at these local times: 22:00-07:00; none: at any time.")]
Zone = Annotated[str | None, typer.Option(help="The time zone of --quiet and --digest: Europe/Kyiv. UTC by default.")]
MostAnHour = Annotated[int | None, typer.Option(min=0, help="Messages an hour; what is over waits. 0: no cap.")]
Growth = Annotated[
    float | None,
    typer.Option(
        min=0, help="Tell only when it is so many times as usual at this time of the week: 3. 0: each article."
    ),
]
Altered = Annotated[
    bool | None,
    typer.Option("--altered/--not-altered", help="Tell also when a quote that was told is changed or gone."),
]
MustMatch = Annotated[list[str] | None, typer.Option(help="A text that the query must meet; may be given again.")]
MustNotMatch = Annotated[list[str] | None, typer.Option(help="A text that it must not; may be given again.")]

NOBODY = "none"
_QUIET = re.compile(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)")
_SPAN = re.compile(r"(\d+)([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def fields(
    to: list[str] | None = None,
    policy: str | None = None,
    digest: str | None = None,
    cooldown: int | None = None,
    quiet: str | None = None,
    zone: str | None = None,
    most_an_hour: int | None = None,
    before: Subscription | None = None,
    **others: Any,
) -> dict[str, Any]:
    """The fields of a subscription that the options name. Raises Problem.

    `before`: the subscription that is changed; --zone alone moves the hours that it has.
    """
    given: dict[str, Any] = {
        "policy": policy,
        "cooldown_minutes": cooldown,
        "most_an_hour": most_an_hour,
        **others,
        **_channels(to),
        **_digest(digest, policy or _clocked(before), zone),
        **_quiet(quiet, zone),
    }
    given = {name: value for name, value in given.items() if value is not None}
    if quiet == NOBODY:
        given["quiet"] = None
    if zone and not given.keys() & {"quiet", "digest_time"}:
        given |= _moved(zone, before)
    return given


def until(text: str) -> datetime:
    """2h, 30m, 7d from now, or a moment: 2026-12-01T08:00Z. Raises Problem."""
    if span := _SPAN.fullmatch(text):
        try:
            return datetime.now(UTC) + timedelta(**{_UNITS[span[2]]: int(span[1])})
        except OverflowError as error:
            raise Problem(f"{text} is longer than any calendar: pause it instead") from error
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"{text!r} is no time: write 2h, 30m, 7d, or 2026-12-01T08:00+02:00") from error
    if moment.tzinfo is None:
        raise Problem(f"{text} needs its zone: {text}Z or {text}+02:00")
    return moment


def _channels(to: list[str] | None) -> dict[str, Any]:
    if not to:
        return {}
    return {"channels": [] if to == [NOBODY] else to}


def _digest(text: str | None, policy: str | None, zone: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    if policy in ("every", "story"):
        raise Problem(f"--digest is of the policy digest, briefing or contributors, and not of {policy}")
    with told(DigestTimeError):
        return {"policy": policy or "digest", **digest_fields(text, zone)}


def _clocked(before: Subscription | None) -> str | None:
    """Its policy, where that is by the clock: another time leaves it so."""
    return before.policy if before and is_by_the_clock(before) else None


def _quiet(text: str | None, zone: str | None) -> dict[str, Any]:
    if text in (None, NOBODY):
        return {}
    found = _QUIET.fullmatch(text.strip()) if text else None
    if not found:
        raise Problem(f"--quiet {text!r}: write two local times, as 22:00-07:00, or none")
    return {"quiet": {"start": found[1], "end": found[2], "zone": zone or "UTC"}}


def _moved(zone: str, before: Subscription | None) -> dict[str, Any]:
    if before is None or not (before.quiet or before.digest_time):
        raise Problem("--zone is of --quiet or of --digest: give one of them")
    hours = {"quiet": before.quiet, "digest_time": before.digest_time}
    return {name: one.model_dump() | {"zone": zone} for name, one in hours.items() if one}
