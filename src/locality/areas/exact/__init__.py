"""How far a division is from the best possible: exact for small areas, a bound that always holds for large ones.

`best_possible` gives the bound, `gap` the distance from it, `say_gap` the sentence for a page.
"""

from locality.areas.exact.best import Bound, best_possible, gap, say_gap

__all__ = ["Bound", "best_possible", "gap", "say_gap"]
