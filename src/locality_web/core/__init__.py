"""What every room of the site stands on: partnerships, people and their roles, pages and refusals, audit, look.

Knows no other room. Rooms meet through `hooks`: each may say what is due today, what it takes from a release, what
it knows for the guidance checks, and what it puts into the navigation.
"""
