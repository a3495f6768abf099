"""What a locality has to spend: historic share, fair share, the distance between them, and a budget.

The whole road is `state_money` (shares) and `set_budget` (budgets); the other names are its parts, each usable alone.
A part is imported when it is first asked for, so that one of them does not cost the others' time and memory.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from locality.money.budget import BudgetStatement, set_budget, standing_of
    from locality.money.cost_curves import weights_from_curves
    from locality.money.council_lines import line_at_rates, share_council_line
    from locality.money.cube import CostCube, run_cost_cube
    from locality.money.cube_redraw import cube_by_locality
    from locality.money.distance import order_free, step_by_step
    from locality.money.formula_chain import ProgrammeInputs, weight_by_formula
    from locality.money.need_model import fit_need_model
    from locality.money.pace import PaceRules, allocate_within_rules, move_shares, share_growth_by_shortfall
    from locality.money.place_index import index_places
    from locality.money.presets import adjust_pace, load_pace, preset_names
    from locality.money.residence_weights import weights_by_residence
    from locality.money.resources import move_hosted
    from locality.money.settings import ShareSettings, read_settings
    from locality.money.social_care_need import council_line_to_localities, social_care_need
    from locality.money.spread import spread_to_headings
    from locality.money.statement import MoneyInputs, MoneyStatement, state_money
    from locality.money.weights import make_weights

_STANDS_IN = {
    "budget": ("BudgetStatement", "set_budget", "standing_of"),
    "cost_curves": ("weights_from_curves",),
    "council_lines": ("line_at_rates", "share_council_line"),
    "cube": ("CostCube", "run_cost_cube"),
    "cube_redraw": ("cube_by_locality",),
    "distance": ("order_free", "step_by_step"),
    "formula_chain": ("ProgrammeInputs", "weight_by_formula"),
    "need_model": ("fit_need_model",),
    "pace": ("PaceRules", "allocate_within_rules", "move_shares", "share_growth_by_shortfall"),
    "place_index": ("index_places",),
    "presets": ("adjust_pace", "load_pace", "preset_names"),
    "residence_weights": ("weights_by_residence",),
    "resources": ("move_hosted",),
    "settings": ("ShareSettings", "read_settings"),
    "social_care_need": ("council_line_to_localities", "social_care_need"),
    "spread": ("spread_to_headings",),
    "statement": ("MoneyInputs", "MoneyStatement", "state_money"),
    "weights": ("make_weights",),
}
_MODULE_OF = {name: module for module, names in _STANDS_IN.items() for name in names}

__all__ = [
    "BudgetStatement",
    "CostCube",
    "MoneyInputs",
    "MoneyStatement",
    "PaceRules",
    "ProgrammeInputs",
    "ShareSettings",
    "adjust_pace",
    "allocate_within_rules",
    "council_line_to_localities",
    "cube_by_locality",
    "fit_need_model",
    "index_places",
    "line_at_rates",
    "load_pace",
    "make_weights",
    "move_hosted",
    "move_shares",
    "order_free",
    "preset_names",
    "read_settings",
    "run_cost_cube",
    "set_budget",
    "share_council_line",
    "share_growth_by_shortfall",
    "social_care_need",
    "spread_to_headings",
    "standing_of",
    "state_money",
    "step_by_step",
    "weight_by_formula",
    "weights_by_residence",
    "weights_from_curves",
]


def __getattr__(name: str) -> Any:
    """Import a public name's module when the name is first used."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'locality.money' has no attribute '{name}'")
    return getattr(import_module(f"locality.money.{_MODULE_OF[name]}"), name)
