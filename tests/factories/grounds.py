"""Grounds to draw boundaries on: the published instances of the cases folder, and small ones drawn by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from scipy import sparse

from locality.areas.ground import Borders, DesignRules, Ground, Practices, Weights

WEIGHTS = Weights(0.45, 0.35, 0.20)


def instance(folder: Path, name: str) -> tuple[Ground, DesignRules]:
    """Read an instance of the cases folder with the size bounds and the number of localities asked for."""
    about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    data = np.load(folder / f"{name}.npz")
    count, practices = len(data["pop"]), len(data["cl"])
    patients = sparse.csr_matrix((data["reg_data"], data["reg_ind"], data["reg_ptr"]), shape=(count, practices))
    codes = tuple(f"Z{number:05d}" for number in range(count))
    crossing = data["kind"] == 1
    ground = Ground(
        zones=codes,
        names=codes,
        people=data["pop"].astype(np.int64),
        settlement=data["sett"].astype(np.int64),
        settlements=tuple(f"Settlement {number}" for number in range(int(data["sett"].max()) + 1)),
        points=data["pts"],
        borders=Borders(data["ei"], data["ej"], np.where(crossing, 0.0, data["el"]), crossing),
        practices=Practices(
            codes=tuple(f"P{number:04d}" for number in range(practices)),
            cluster=data["cl"].astype(np.int64),
            clusters=tuple(f"Cluster {number}" for number in range(int(data["cl"].max()) + 1)),
            patients=patients,
            points=data["ploc"],
            modelled=name != "penn343",
        ),
        indicators=data["X"],
        indicator_names=tuple(f"indicator {number}" for number in range(data["X"].shape[1])),
        area=data["area"],
        perimeter=data["perim"],
    )
    least, most = int(np.ceil(about["L"])), int(np.floor(about["U"]))
    return ground, DesignRules(least=least, most=most, number=about["k"], weights=WEIGHTS)
