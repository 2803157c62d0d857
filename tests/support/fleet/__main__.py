"""A worker of a stage, enriching by signing: python -m fleet STAGE FOLDER, with the settings in the environment."""

import sys
from pathlib import Path

from fleet.signing import light_stages, listed
from runtime.kafka import codec, watchdog
from schemas.article import Article
from wirewatch.compose.cluster_run import run_worker
from wirewatch.logging import log_to_terminal
from wirewatch.settings import load


def be_newer() -> None:
    """As the next version would, read articles that today's code has no name for."""
    codec.check_schema = lambda topic, schema: None
    Article.model_config["extra"] = "ignore"
    Article.model_rebuild(force=True)


def main() -> None:
    """Work until stopped."""
    log_to_terminal()
    stage, folder = sys.argv[1], Path(sys.argv[2])
    if stage == "enrich":  # one that hangs is stuck at once: a test waits for it
        watchdog.STALL_SECONDS = 5.0
    if (folder / "newer").exists():
        be_newer()
    with listed(light_stages(folder)):
        run_worker(stage, load())


if __name__ == "__main__":
    main()
