"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from factories.voice_addresses import samples

__all__ = ["samples"]
