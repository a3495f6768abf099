"""Public tools that draw localities on the same ground, each at its best.

`run.py` draws with one of them in a process of its own, within a limit of CPU seconds; `bench/boundaries.py` prints
what they reach beside ours.
"""
