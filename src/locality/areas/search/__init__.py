"""The search for good divisions: compiled moves of zones between localities, and the order in which they are tried.

`locality.areas.propose` is the door. Importing a module of this folder imports numba, which takes a while.
"""
