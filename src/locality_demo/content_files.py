"""What the demo says: read from the files in `content/`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def read_content(name: str) -> Any:
    """Read one YAML file of the demo's content."""
    return yaml.safe_load((resources.files("locality_demo") / "content" / f"{name}.yaml").read_text(encoding="utf-8"))


def catalogue_bytes() -> bytes:
    """Give the catalogue as the CSV file that a planning officer would load."""
    return (resources.files("locality_demo") / "content" / "catalogue.csv").read_bytes()
