"""Who plans: the lead of each locality, and the briefing that everybody gets."""
