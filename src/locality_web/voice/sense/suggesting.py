"""Themes that the program suggests for a view: shown as suggestions, never ticked, never a reading."""

from __future__ import annotations

from locality_web.voice.conversations.said import Opinion


def suggested_for(opinion: Opinion) -> frozenset[int]:
    """Give the keys of themes that the program suggests for a view; a person decides."""
    return frozenset()
