"""How long a decision by equal shares takes, beside the leading open library in the same run.

    LOCALITY_CASES=... python bench/fair_choice.py --peer PYTHON [--instance FILE.pb]

PYTHON is an interpreter of an environment of its own in which pabutools is installed; it is no part of this project
(GPL), and nothing of it is imported here:

    python -m venv peer && peer/bin/pip install --no-deps pabutools gmpy2 numpy natsort preflibtools pulp

Both decide the same file exactly, shares raised by one unit at a time. CPU seconds of one
process each, imports and reading apart; ours twice, the first time with the loading of compiled code. The floor is one
look at each supporter of each project.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from locality.voice.choice import Election, choose, load_choice_rules, preview, read_pabulib

GOAL_SECONDS, GOAL_RATIO = 3.0, 10.0

# Its own loop over shares, which stops at the first outcome to which nothing can be added: ours is timed by the rule of
# the official counts, which goes at least as far, and compared by the same stop.
PEER = """
import json, sys, time
from pabutools.election import parse_pabulib, Cost_Sat
from pabutools.rules import method_of_equal_shares
instance, profile = parse_pabulib(sys.argv[1])
begun = time.process_time()
found = method_of_equal_shares(instance, profile.as_multiprofile(), sat_class=Cost_Sat, voter_budget_increment=1)
used = time.process_time() - begun
print(json.dumps({"used": used, "winners": sorted(project.name for project in found)}))
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--peer", help="An interpreter that has pabutools")
    asked.add_argument("--instance", type=Path)
    said = asked.parse_args()
    file = said.instance or Path(os.environ["LOCALITY_CASES"]) / "voice" / "synthetic_10000x100.pb"
    begun = time.process_time()
    election = read_pabulib(file).election
    read = time.process_time() - begun
    print(f"{file.name}: {election.voters:,} ballots, {len(election.projects)} projects, read in {read:.2f} s")
    rules = load_choice_rules(dt.date(2026, 11, 22))
    first, _ = timed(lambda: choose(election, rules))
    ours, outcome = timed(lambda: choose(election, rules))
    quick, _ = timed(lambda: preview(election, rules))
    floor = one_look(election)
    print(f"ours, exact, with reasons   {ours:8.3f} s   (first call {first:.2f} s; {outcome.steps} steps)")
    print(f"ours, preview               {quick:8.3f} s")
    print(f"floor: one look at each     {floor:8.3f} s   {ours / floor:.0f} looks")
    passed = ours < GOAL_SECONDS
    if said.peer:
        done = subprocess.run([said.peer, "-c", PEER, str(file)], capture_output=True, text=True, check=True)
        peer = json.loads(done.stdout.splitlines()[-1])
        ratio = peer["used"] / ours
        same = peer["winners"] == sorted(choose(election, replace(rules, completion="add1-exhaustive")).winners)
        print(f"pabutools, exact            {peer['used']:8.3f} s   {ratio:.0f} times ours; same winners: {same}")
        passed = passed and ratio >= GOAL_RATIO and same
    print("goal met" if passed else "goal MISSED", f"(under {GOAL_SECONDS:g} s, {GOAL_RATIO:g} times as fast)")
    sys.exit(not passed)


def timed(task):  # type: ignore[no-untyped-def]
    begun = time.process_time()
    found = task()
    return time.process_time() - begun, found


def one_look(election: Election) -> float:
    begun = time.process_time()
    support = dict.fromkeys(election.by_code, 0)
    for ballot in election.ballots:
        for code in ballot.choices:
            support[code] += ballot.weight
    return time.process_time() - begun


if __name__ == "__main__":
    main()
