"""The `locality` command: parses, calls one function, prints."""
