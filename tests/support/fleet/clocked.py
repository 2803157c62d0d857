"""A worker of any stage by a clock of its own: python -m fleet.clocked STAGE FOLDER CLOCK (fleet.moved_clock)."""

import sys
from pathlib import Path

from fleet.moved_clock import moved_by
from schemas import clock

clock.utc_now = moved_by(Path(sys.argv[3]))  # before anything has taken it for its own

from fleet.__main__ import main  # noqa: E402

if __name__ == "__main__":
    main()
