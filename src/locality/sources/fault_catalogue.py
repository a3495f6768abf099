"""Every kind of fault that checking a folder can name, explained; the reference page is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import yaml


@dataclass(frozen=True)
class FaultKind:
    """One kind of fault.

    Args:
        code: Its stable name, as `Fault.code` carries it.
        means: What is wrong.
        matters: What would follow if nobody mended it.
        do: What to do.
    """

    code: str
    means: str
    matters: str
    do: str


def _read_catalogue() -> dict[str, FaultKind]:
    text = (resources.files("locality.sources") / "faults.yaml").read_text(encoding="utf-8")
    return {code: FaultKind(code, **said) for code, said in yaml.safe_load(text).items()}


FAULTS: Mapping[str, FaultKind] = _read_catalogue()
"""Every kind of fault by its code, in the order in which the reference explains them."""
