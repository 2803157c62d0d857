"""Seeded chaos: one schedule of faults over an installation that works in processes of its own, and a judge.

    PYTHONPATH=.:tests/support python -m chaos --seed 1 --minutes 2 [--runtime cluster]

`schedule` says what happens when, `news` what is published and who is to be told; `run` carries both out on the local
or the cluster installation; `judge` compares what became of it with what an undisturbed run makes of the same.
"""
