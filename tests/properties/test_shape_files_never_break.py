"""Whatever becomes of a file of shapes on its way: it is read, or refused in words, and never breaks the program."""

from __future__ import annotations

import gzip

from hypothesis import given, settings
from hypothesis import strategies as st

from factories import shapes as drawn
from locality.areas.shapes import read_shapes, simplify_together, write_geopackage
from locality.foundations import InputRefused, ResultRefused

SQUARES = drawn.read(drawn.block(3, 2))
FILES = {
    "geojson": drawn.block(3, 2),
    "gzip": gzip.compress(drawn.block(3, 2)),
    "geopackage": write_geopackage(SQUARES),
    "parquet": drawn.parquet(SQUARES, {"crs": {"id": {"authority": "EPSG", "code": 27700}}}),
    "topojson": gzip.decompress(simplify_together(SQUARES).content),
    "shapefile": drawn.shapefile(SQUARES),
}
PIECES = st.sampled_from([b"null", b"[]", b"{}", b"1e400", b'"x"', b"-1", b"NaN", b"\x00", b"\xff\xff"]) | st.binary(
    min_size=1, max_size=4
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file in which some bytes were taken out, put in or written over."""
    content = bytearray(FILES[draw(st.sampled_from(sorted(FILES)))])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        piece = draw(PIECES)
        end = at + draw(st.sampled_from([0, len(piece), 30]))
        content[at:end] = piece
    return bytes(content)


@given(damaged())
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_read_or_refused_in_words(content):
    try:
        shapes = read_shapes(content, name="zones")
        simplify_together(shapes, tolerance=20)
    except InputRefused as refused:
        assert all(fault.what and fault.do.endswith(".") for fault in refused.faults)
    except ResultRefused as refused:
        assert refused.do.endswith(".")


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused_in_words(content):
    try:
        read_shapes(content, name="zones")
    except InputRefused as refused:
        assert refused.faults
