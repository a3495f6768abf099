"""The list of every address is kept beside the test of who may open them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "core"))
