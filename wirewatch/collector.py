"""How often Python's collector of garbage looks, in every process that a command starts to work or to answer."""

import gc

# Objects made between two rounds. At its usual 700 it takes half of the time in which a page of articles or a hundred
# thousand alerts are read, and finds next to nothing: no record holds itself.
_COLLECT_AFTER = 50_000


def collect_rarely() -> None:
    """For this process, from now on."""
    gc.set_threshold(_COLLECT_AFTER)
