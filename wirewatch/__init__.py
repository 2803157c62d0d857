"""What assembles the rooms: settings, the list of stages, the runtimes and the command line."""

import os

# Before anything loads the matrix library: its threads spin while they wait for each other, and an article then costs
# four times the CPU. Workers are processes; each has its core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
