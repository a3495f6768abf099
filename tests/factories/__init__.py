"""Builders of invented but valid inputs for every shelf of tests."""
