"""The command line: one file for each kind of thing a person does."""

__all__ = ["main"]


def main() -> None:
    """Run the command that was given."""
    # here: a spawned child reads the script that was started again, and needs no command line for its work
    from wirewatch.cli.app import main as command

    command()
