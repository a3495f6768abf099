"""What this room does in the background; each part declares its own."""

from locality_web.voice.channels import forgetting
from locality_web.voice.informed import digests, telling
from locality_web.voice.sense import finding_groups
from locality_web.voice.votes import counting, previewing

__all__ = ["counting", "digests", "finding_groups", "forgetting", "previewing", "telling"]
