"""The zip itself: one form for the same members, byte for byte, and a reader that accepts no other.

Members are stored, not packed: the tables inside are packed already, a small file cannot swell, and the bytes do not
hang on the version of a packing library. A reader packs what it read again and compares, so a single changed byte
anywhere in the file is seen, even where zip readers look away.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from locality.foundations import Fault, InputRefused

# 1 January 1980, midnight: the earliest time that a zip can say. The release's day is in release.json.
_TIME, _DATE = 0, 0x21
_VERSION = 20
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


def pack(members: Mapping[str, bytes]) -> bytes:
    """Write members as a zip, in the order given.

    Args:
        members: Bytes by name; names are plain ASCII.

    Returns:
        The zip's bytes; the same members give the same bytes on any machine.

    Source:
        PKWARE, .ZIP File Format Specification, sections 4.3.7, 4.3.12 and 4.3.16.
    """
    body, directory = io.BytesIO(), io.BytesIO()
    for name, content in members.items():
        coded = name.encode("ascii")
        about = (_TIME, _DATE, zlib.crc32(content), len(content), len(content), len(coded), 0)
        start = body.tell()
        body.write(_LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, *about) + coded + content)
        directory.write(_CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, 0, 0, *about, 0, 0, 0, 0, start) + coded)
    listing = directory.getvalue()
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(listing), body.tell(), 0)
    return body.getvalue() + listing + end


def unpack(content: bytes, file: str) -> dict[str, bytes]:
    """Read the members of a zip that `pack` could have written, and of no other.

    Args:
        content: The file's bytes.
        file: Its name, for messages.

    Returns:
        Bytes by name, in order.

    Raises:
        InputRefused: It is no zip, is cut off, or differs anywhere from what `pack` writes.
    """
    if not content.startswith(b"PK"):
        raise refusal(file, "it is not a release", "Choose a file that ends in .release.zip.", "release-not-a-release")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries):
                raise tampered(file, "a member is packed or locked, which a release never is")
            # Entries that share bytes would let a small file fill the memory many times over.
            if sum(entry.file_size for entry in entries) > len(content):
                raise tampered(file, "its members say that they are larger than the file")
            members = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError, struct.error) as broken:
        raise refusal(
            file,
            "it is cut off or damaged; nothing was read",
            "Copy the file again from where it was made.",
            "release-cut-off",
        ) from broken
    return members


def check_form(content: bytes, members: Mapping[str, bytes], file: str) -> None:
    """Refuse a zip that differs in any byte from what its members give when packed again."""
    if not all(name.isascii() for name in members) or pack(members) != content:
        raise tampered(file, "its bytes are not those that were written")


def refusal(file: str, what: str, do: str, code: str) -> InputRefused:
    """Make the one error with which a release is refused whole."""
    return InputRefused([Fault(file, what, do, code)])


def tampered(file: str, what: str) -> InputRefused:
    """Refuse a release that was changed after it was written."""
    return refusal(
        file,
        f"it was changed after it was written ({what}); nothing was read",
        "Ask the analyst who made it for the original.",
        "release-tampered",
    )
