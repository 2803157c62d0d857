"""`wirewatch train`: the network for names, from articles of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from wirewatch.cli.context import Problem
from wirewatch.cli.output import console

app = typer.Typer(help="Train what reads the articles, on articles of your own.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="train")


@app.callback()
def group() -> None:
    """Keeps `entities` a command of its own, also while it is the only one."""


@app.command()
def entities(
    texts: Annotated[list[Path], typer.Argument(help='JSON lines of English articles, each with "text".')],
    out: Annotated[Path, typer.Option(help="The folder to write the weights to.")],
    begin: Annotated[Path, typer.Option(help="What to begin from: our weights, or a spaCy pipeline with vectors.")],
    teacher: Annotated[
        list[str] | None, typer.Option(help="PATH or PATH=WEIGHT of a pipeline that votes; may be given again.")
    ] = None,
    gold: Annotated[list[Path] | None, typer.Option(help="Articles labelled by people; may be given again.")] = None,
    epochs: Annotated[float, typer.Option(min=0, help="How often each text is seen.")] = 2.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same weights.")] = 0,
) -> None:
    """Train the network that finds names: labels by vote of the teachers, repaired over each article."""
    # here: the model takes a second to load, which only this command needs
    from training.entities import train_entities

    def say(line: str) -> None:
        console.print(line, markup=False, highlight=False)

    try:
        train_entities(
            texts,
            out,
            teachers=tuple(teacher or ()),
            gold=tuple(gold or ()),
            begin=begin,
            epochs=epochs,
            seed=seed,
            say=say,
        )
    except (ValueError, OSError) as error:
        raise Problem(f"training failed: {error}") from error
