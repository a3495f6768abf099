"""What people say, and what became of it: fair choices on a sum, views and their influence, who was heard.

Pure values in and out. The site keeps conversations and ballots; this room says what they mean: which projects a
community has chosen and why, how views are grouped and ranked, whom they moved.
"""

__all__: list[str] = []
