"""A release that was changed, cut off or enlarged is refused whole, with one message."""

import json
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.release import DAY, MADE_BY, sound_content
from locality.foundations import InputRefused
from locality.release import read_release, write_release
from locality.release.bundle import pack, unpack
from locality.release.frames import to_parquet
from locality.release.manifest import canonical, digest, release_id
from locality.release.read import read_bytes
from locality.release.tables import RELEASE_TABLES, SERVICE_USERS, SHARES


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a sound release."""
    path = tmp_path_factory.mktemp("sound") / "a.release.zip"
    write_release(sound_content(), path, day=DAY, made_by=MADE_BY)
    return path.read_bytes()


def refused(content: bytes) -> str:
    """The code with which bytes are refused; there is exactly one fault."""
    with pytest.raises(InputRefused) as caught:
        read_bytes(content, "a.release.zip")
    (fault,) = caught.value.faults
    assert fault.file == "a.release.zip"
    assert fault.do
    return fault.code


def forged(sound: bytes, *, tables=None, about=None) -> bytes:
    """A release by somebody who changes tables or release.json and works out every hash again."""
    members = unpack(sound, "a")
    manifest = {**json.loads(members["release.json"]), **(about or {})}
    for name, content in (tables or {}).items():
        members[name] = content
        manifest["members"][name]["sha256"] = digest(content)
    manifest["id"] = release_id(manifest)
    return pack({**members, "release.json": canonical(manifest)})


def users_of(sound: bytes) -> pd.DataFrame:
    """The service users of a sound release."""
    return read_bytes(sound, "a").tables["service_users"].set_index(["locality", "heading"])


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_change_of_any_single_byte_is_refused(sound, data):
    at = data.draw(st.integers(0, len(sound) - 1))
    change = data.draw(st.integers(1, 255))
    spoiled = sound[:at] + bytes([sound[at] ^ change]) + sound[at + 1 :]
    assert refused(spoiled).startswith("release-")


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_a_file_cut_off_anywhere_is_refused(sound, data):
    end = data.draw(st.integers(0, len(sound) - 1))
    assert refused(sound[:end]) in {"release-cut-off", "release-not-a-release"}


def test_bytes_after_the_end_are_refused(sound):
    assert refused(sound + b"\0") in {"release-tampered", "release-cut-off"}


def test_another_file_is_no_release(tmp_path):
    assert refused(b"zone,people\n") == "release-not-a-release"
    assert refused(pack({"notes.txt": b"hello"})) == "release-not-a-release"


@pytest.mark.parametrize("name", ["persons.parquet", "../shares.parquet", "/etc/passwd", "shares.parquet.exe"])
def test_a_further_member_is_refused_by_name(sound, name):
    assert refused(pack({**unpack(sound, "a"), name: b"x"})) == "release-unknown-member"


def test_a_missing_member_is_refused(sound):
    members = unpack(sound, "a")
    del members["budget.parquet"]
    assert refused(pack(members)) == "release-missing-member"


def test_members_that_share_bytes_are_refused_before_they_are_read(sound):
    # Every entry of the listing is made to say that it is as long as the whole file.
    start = sound.index(b"PK\x01\x02")
    listing = bytearray(sound[start:])
    at = listing.find(b"PK\x01\x02", 4)
    listing[at + 20 : at + 28] = len(sound).to_bytes(4, "little") * 2
    assert refused(sound[:start] + bytes(listing)) in {"release-tampered", "release-cut-off"}


def test_a_text_that_is_too_long_is_refused(sound):
    areas = read_bytes(sound, "a").tables["areas"].assign(name="x" * 501)
    assert refused(forged(sound, tables={"areas.parquet": to_parquet(RELEASE_TABLES[0], areas)})) == "release-tampered"


def test_two_members_that_changed_places_are_refused(sound):
    members = unpack(sound, "a")
    members["shares.parquet"], members["budget.parquet"] = members["budget.parquet"], members["shares.parquet"]
    assert refused(pack(members)) == "release-tampered"


def test_an_edited_release_json_is_refused(sound):
    members = unpack(sound, "a")
    members["release.json"] = members["release.json"].replace(b"Exampleshire", b"Exampleshirt")
    assert refused(pack(members)) == "release-tampered"


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"{}", b'{"schema": "locality.release"}', b"[" * 100_000])
def test_a_release_json_that_is_none_is_refused(sound, text):
    assert refused(pack({**unpack(sound, "a"), "release.json": text})) == "release-tampered"


def test_a_release_of_an_older_form_is_asked_for_anew(sound):
    members = unpack(sound, "a")
    manifest = {**json.loads(members["release.json"]), "schema_version": 1}
    assert refused(pack({**members, "release.json": canonical(manifest)})) == "release-older-schema"


def test_a_release_of_a_newer_form_says_so_even_with_members_that_are_unknown_here(sound):
    members = unpack(sound, "a")
    manifest = {**json.loads(members["release.json"]), "schema_version": 4}
    newer = {**members, "release.json": canonical(manifest), "plans.parquet": b"x"}
    assert refused(pack(newer)) == "release-newer-schema"


def test_a_packed_zip_is_refused_so_that_a_small_file_cannot_swell(sound, tmp_path):
    path = tmp_path / "packed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in unpack(sound, "a").items():
            archive.writestr(name, content)
    assert refused(path.read_bytes()) == "release-tampered"


def test_the_same_member_twice_is_refused(sound, tmp_path):
    path = tmp_path / "twice.zip"
    path.write_bytes(sound)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("shares.parquet", b"x")
    assert refused(path.read_bytes()) == "release-tampered"


def test_the_members_in_another_order_are_refused(sound):
    swapped = dict(reversed(unpack(sound, "a").items()))
    assert refused(pack(swapped)) == "release-tampered"


def test_a_forger_who_works_out_every_hash_again_still_cannot_make_pence_appear(sound):
    shares = read_bytes(sound, "a").tables["shares"]
    shares.loc[0, "historic_pence"] += 1
    shares.loc[0, "step_need_pence"] -= 1
    assert refused(forged(sound, tables={"shares.parquet": to_parquet(SHARES, shares)})) == "release-does-not-add-up"


def test_a_forger_cannot_show_a_small_count_or_one_that_gives_another_away(sound):
    users = users_of(sound)
    users.loc[("N", "Podiatry"), ["people", "hidden"]] = [3, False]
    small = to_parquet(SERVICE_USERS, users.reset_index())
    assert refused(forged(sound, tables={"service_users.parquet": small})) == "release-audit-failed"
    users = users_of(sound)
    hidden = users.index[users["hidden"]]
    other = next(cell for cell in hidden if cell != ("N", "Podiatry"))
    users.loc[other, ["people", "hidden"]] = [41, False]
    given_away = to_parquet(SERVICE_USERS, users.reset_index())
    assert refused(forged(sound, tables={"service_users.parquet": given_away})) == "release-audit-failed"


def test_a_table_of_counts_that_lacks_a_cell_cannot_be_audited_and_is_refused(sound):
    users = to_parquet(SERVICE_USERS, users_of(sound).reset_index()[1:])
    assert refused(forged(sound, tables={"service_users.parquet": users})) == "release-audit-failed"


def test_a_forger_cannot_lower_the_threshold(sound):
    disclosure = json.loads(unpack(sound, "a")["release.json"])["disclosure"]
    disclosure["settings"]["threshold"] = 1
    assert refused(forged(sound, about={"disclosure": disclosure})) == "release-audit-failed"


def test_a_release_json_that_lacks_a_part_is_refused(sound):
    assert refused(forged(sound, about={"totals": {}})) == "release-tampered"
    assert refused(forged(sound, about={"day": "soon"})) == "release-tampered"


@pytest.mark.parametrize("content", [b"no table", None])
def test_a_table_of_another_shape_is_refused(sound, content):
    other = content or to_parquet(RELEASE_TABLES[0], read_bytes(sound, "a").tables["areas"])
    assert refused(forged(sound, tables={"shares.parquet": other})) == "release-tampered"


def test_a_table_with_a_value_that_is_not_allowed_is_refused(sound):
    shares = read_bytes(sound, "a").tables["shares"].assign(grade="E")
    assert refused(forged(sound, tables={"shares.parquet": to_parquet(SHARES, shares)})) == "release-tampered"


def test_a_whole_forgery_is_found_out_by_the_id_that_the_analyst_gave(sound, tmp_path):
    path = tmp_path / "b.release.zip"
    path.write_bytes(forged(sound, about={"made_by": "somebody else"}))
    true_id = read_bytes(sound, "a").id
    assert read_release(path).about["made_by"] == "somebody else"
    with pytest.raises(InputRefused, match="not the one that you were given"):
        read_release(path, expected_id=true_id)


def test_a_file_that_is_not_there_or_is_too_large_is_refused(sound, tmp_path, monkeypatch):
    with pytest.raises(InputRefused, match="cannot be opened"):
        read_release(tmp_path / "absent.release.zip")
    path = tmp_path / "a.release.zip"
    path.write_bytes(sound)
    monkeypatch.setattr(
        "locality.release.read._limits", lambda: {"file_bytes": 1000, "table_rows": 5, "text_characters": 500}
    )
    with pytest.raises(InputRefused, match=r"larger than any release \(1,000 bytes\)"):
        read_release(path)
    monkeypatch.setattr(
        "locality.release.read._limits", lambda: {"file_bytes": 10**9, "table_rows": 5, "text_characters": 500}
    )
    with pytest.raises(InputRefused, match="more than 5 rows"):
        read_release(path)
