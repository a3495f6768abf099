"""Nothing on a page is inline, and nothing comes from another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import locality_web

SOURCES = Path(locality_web.__file__).parent
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
STATIC = SOURCES / "core" / "static" / "core"
INLINE = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


def test_no_template_has_an_inline_style_or_script():
    found = [
        f"{path.relative_to(SOURCES)}: {hit[0]}" for path in TEMPLATES for hit in INLINE.finditer(path.read_text())
    ]
    assert found == []


def test_the_check_itself_finds_what_is_inline():
    for text in ('<p style="x">', "<script>x</script>", '<a onclick="x">', "<style>", "<a href='javascript:x'>"):
        assert INLINE.search(text)
    assert not INLINE.search('<script type="module" src="x.js"></script>')


@pytest.mark.urls("factories.look_page")
def test_a_page_with_every_part_obeys_the_policy(client, fife):
    said = client.get("/fife/look/")
    assert "script-src 'self'" in said["Content-Security-Policy"]
    assert "style-src 'self'" in said["Content-Security-Policy"]
    assert "unsafe" not in said["Content-Security-Policy"]
    assert not INLINE.search(said.content.decode())


def test_our_own_files_ask_no_other_host():
    ours = [path for path in STATIC.glob("*.*") if path.suffix in (".css", ".js", ".svg")]
    assert len(ours) >= 5
    asked = [
        address
        for path in ours
        for address in re.findall(r"https?://[^\s\"')]+", path.read_text())
        if address != "http://www.w3.org/2000/svg"
    ]
    assert asked == []


def test_the_design_system_names_no_source_map_no_font_and_no_import():
    folder = STATIC / "vendor" / "design-system"
    style = (folder / "design-system.min.css").read_text()
    assert "sourceMappingURL" not in style + (folder / "design-system.js").read_text()
    assert "@import" not in style
    assert "@font-face" not in style
    assert all(address.startswith('"data:') for address in re.findall(r"url\(([^)]{0,20})", style))
    assert "MIT License" in (folder / "LICENSE.txt").read_text()
