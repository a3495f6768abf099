"""A community decides a sum: the roll, the ballots apart from it, and the explained result."""
