"""A made-up partnership of any size: its people and their costs follow published facts, and none of them exists."""
