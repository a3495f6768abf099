"""What people may do about general practice; and the doors for decisions that other parts of this room use."""

from __future__ import annotations

from locality_web.members.decision_answers import Outcome, answer_for, take_decision

__all__ = ["Outcome", "answer_for", "take_decision"]
