"""Locality planning in health and social care: the pure library and the analyst's command.

Tables and values go in, tables and values come out. Rooms are sub-packages; each one's ``__init__`` is its door
and says what it is for. The command line (`locality.cli`) is the edge: it alone reads the clock, opens
connections and prints.
"""

__version__ = "0.1.0"
