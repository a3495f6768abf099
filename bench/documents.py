"""How long published forms take: a strategic plan of 9 localities, 80 services and 3 sources, and a plan's workbook.

Prints seconds, and the ratio to a floor in the same run: writing the same plan as canonical JSON and hashing it. The
goal of the whole: the PDF in under 5 seconds.

    PYTHONPATH=tests python bench/documents.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

from factories.plans import big_partnership
from locality.plans import LocalityPlan, fields_of, hash_plan
from locality.plans.documents import amounts_in, open_data, outline_of, write_pdf, write_sheets, write_word
from locality.plans.workbooks import read_plan_workbook, write_plan_workbook

REPEATS = 3
GOAL_PDF_S = 5.0


def fastest(work: Callable[[], object]) -> float:
    """Best of several runs, in seconds."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the figures."""
    big = big_partnership()
    plan = big.strategic_plan()
    document = outline_of(plan)
    floor = fastest(lambda: hash_plan(plan))
    print(f"{len(plan.plans)} localities, {len(big.services)} services, {len(big.sources)} sources")
    print(f"{len(amounts_in(document)):,} amounts in the document; floor (JSON and its hash): {floor:.3f} s")
    forms: dict[str, Callable[[], object]] = {
        "outline": lambda: outline_of(plan),
        "pdf": lambda: write_pdf(document),
        "pdf, large print": lambda: write_pdf(document, large_print=True),
        "word": lambda: write_word(document),
        "workbook": lambda: write_sheets(document, plan),
        "open data": lambda: open_data(plan),
    }
    for name, work in forms.items():
        took = fastest(work)
        goal = f" (goal {GOAL_PDF_S:.0f} s)" if name == "pdf" else ""
        print(f"{name}: {took:.2f} s, {took / floor:.1f}x the floor{goal}")
    spreadsheet(big.plans[0])


def spreadsheet(plan: LocalityPlan) -> None:
    """Print how long a locality's workbook takes, out and back."""
    written = write_plan_workbook(plan)
    print(f"plan workbook out: {fastest(lambda: write_plan_workbook(plan)):.2f} s, {len(written) / 1000:.0f} kB")
    back = fastest(lambda: read_plan_workbook(written, plan, file="plan.xlsx"))
    assert read_plan_workbook(written, plan, file="plan.xlsx") == fields_of(plan)
    print(f"plan workbook back, {len(fields_of(plan))} fields: {back:.2f} s")


if __name__ == "__main__":
    main()
