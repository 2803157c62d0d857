"""The Faust shell around a stage: one app, one consumer group, one process a stage.

Knows nothing of news. Faust loses records by its defaults; the rules that keep them are in docs/operations.md,
and each stands here where it is obeyed.
"""

from processors.agents.work import Confirmed, Work, run

__all__ = ["Confirmed", "Work", "run"]
