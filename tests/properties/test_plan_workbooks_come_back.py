"""A workbook that nobody changed gives back what went into it, and no file breaks the reader."""

import contextlib
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from factories.plans import SERVICES, SOURCES, small_plan
from locality.foundations import InputRefused
from locality.plans import CatalogueService, Move, PlanLine, PlannedAction, Priority, fields_of
from locality.plans.workbooks import (
    read_catalogue,
    read_plan_workbook,
    write_catalogue_csv,
    write_catalogue_workbook,
    write_plan_workbook,
)
from locality.plans.workbooks.reading import Cell, pence_in

# What people type, and what spreadsheet programs take for something else.
LETTERS = "ab1 £é漢\n\t=+-@'\"_x,;%&<>"
TEXTS = st.text(LETTERS, max_size=8) | st.sampled_from(["=1+1", "'=1", "_x000D_", "TRUE", "1.0", "2026-04-01", "#REF!"])
PENCE = st.integers(-(10**6), 10**13)
IDS = ("1", "P2", "x-y")
SERVICE = st.sampled_from([service.service for service in SERVICES])
SOURCE = st.sampled_from([source.source for source in SOURCES])
CODES = SERVICE | st.just("")


@st.composite
def plans(draw):
    pairs = draw(st.lists(st.tuples(SERVICE | st.just("gone"), SOURCE | st.just("lost")), unique=True, max_size=6))
    services = draw(st.lists(SERVICE, unique=True, max_size=3))
    return replace(
        small_plan(),
        summary=draw(TEXTS),
        lines=tuple(PlanLine(*pair, draw(PENCE), draw(st.none() | PENCE)) for pair in pairs),
        notes=tuple((service, draw(TEXTS)) for service in services),
        priorities=tuple(draw(_priority(id_)) for id_ in draw(_ids())),
        moves=tuple(Move(id_, *draw(_move())) for id_ in draw(_ids())),
        actions=tuple(PlannedAction(id_, draw(CODES), draw(TEXTS), draw(TEXTS), draw(TEXTS)) for id_ in draw(_ids())),
    )


def _ids():
    return st.lists(st.sampled_from(IDS), unique=True)


def _priority(id_):
    words = st.sampled_from(["more", "less", "change", "keep", ""])
    heading = st.sampled_from(["Care at home", "Nowhere", ""])
    return st.builds(Priority, st.just(id_), heading, CODES, st.integers(0, 99), TEXTS, TEXTS, words, TEXTS)


def _move():
    return st.tuples(CODES, CODES, SOURCE, PENCE, TEXTS)


@given(plans())
@settings(max_examples=25, deadline=None)
def test_a_plan_comes_back_as_it_went_out(plan):
    assert read_plan_workbook(write_plan_workbook(plan), plan, file="plan.xlsx") == fields_of(plan)


@st.composite
def catalogues(draw):
    codes = draw(
        st.lists(st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,3})?", fullmatch=True), min_size=1, max_size=4, unique=True)
    )
    word = TEXTS.map(str.strip)
    return tuple(
        CatalogueService(
            code,
            f"{place} {draw(word)}".strip(),
            draw(word.filter(bool)),
            draw(word),
            draw(word),
            draw(word),
            draw(st.sampled_from(["locality", "across", "partnership"])),
            draw(st.booleans()),
            draw(word),
            draw(word),
        )
        for place, code in enumerate(codes)
    )


@given(catalogues())
@settings(max_examples=60, deadline=None)
def test_a_catalogue_comes_back_as_it_went_out(services):
    assert read_catalogue(write_catalogue_workbook(services), file="services.xlsx") == services
    assert read_catalogue(write_catalogue_csv(services), file="services.csv") == services


@given(PENCE)
def test_every_amount_of_pounds_becomes_its_pence_however_a_spreadsheet_keeps_it(pence):
    assert pence_in(Cell(pence / 100)) == pence
    assert pence_in(Cell(f"£{pence // 100:,}.{pence % 100:02d}" if pence >= 0 else str(pence / 100))) == pence


SMALL = small_plan()
WORKBOOK = write_plan_workbook(SMALL)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_breaks_the_reader(content):
    for read in (lambda: read_plan_workbook(content, SMALL, file="x"), lambda: read_catalogue(content, file="x")):
        with contextlib.suppress(InputRefused):
            read()


@given(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
@example(46, 0)
def test_no_damaged_byte_breaks_the_reader(place, byte):
    damaged = WORKBOOK[:place] + bytes([byte]) + WORKBOOK[place + 1 :]
    with contextlib.suppress(InputRefused):
        read_plan_workbook(damaged, SMALL, file="x")
