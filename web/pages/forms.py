"""What forms send."""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request


async def _form(request: Request) -> dict[str, str]:
    """What a form sent, as browsers send it by default: a library is needed for files alone."""
    body = (await request.body()).decode("utf-8", "replace")
    return {name: values[-1] for name, values in parse_qs(body).items()}


Form = Annotated[dict[str, str], Depends(_form)]


def text(form: dict[str, str], name: str) -> str:
    """A field without the blanks around it; empty where there is none."""
    return form.get(name, "").strip()
