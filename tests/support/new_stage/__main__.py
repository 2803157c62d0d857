"""The program with one more stage, in the one line that it takes: python -m new_stage as `wirewatch` otherwise."""

from new_stage.words import WORDS
from wirewatch import pipeline

if __name__ == "__main__":
    pipeline.STAGES = (*pipeline.STAGES, WORDS)
    from wirewatch.cli import main  # it names the stages in its help

    main()
