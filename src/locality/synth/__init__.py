"""A made-up partnership of any size, or made-up people on a real place.

For learning, testing and showing the software without anybody's records. Rates follow published facts; every file
says that it is made up. `make_partnership` makes everything; `make_people_on` takes the place as given and makes only
people, their care and the health board's spend. `fidelity` measures how well the people match what is published.
"""

from locality.synth.fidelity import fidelity
from locality.synth.folder import FEWEST_PEOPLE, SHAPES_FILE, MadeUp, make_partnership, make_people_on
from locality.synth.linked_files import BLOCK, LinkedFiles, Progress, write_linked_files
from locality.synth.place import Place, RealPlace, read_place

__all__ = [
    "BLOCK",
    "FEWEST_PEOPLE",
    "SHAPES_FILE",
    "LinkedFiles",
    "MadeUp",
    "Place",
    "Progress",
    "RealPlace",
    "fidelity",
    "make_partnership",
    "make_people_on",
    "read_place",
    "write_linked_files",
]
