"""The planning website of a partnership. Uses `locality`; is never used by it."""
