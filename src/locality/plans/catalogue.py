"""The catalogue of services: whether it is sound, and the headings under which its services stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from locality.foundations import Fault
from locality.plans.content import CatalogueService, PlannedAt

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 60
"""Letters of a code; our own limit, so that addresses of pages stay short."""


def check_catalogue(services: Sequence[CatalogueService], *, file: str = "services") -> tuple[Fault, ...]:
    """Name everything that is wrong with a catalogue of services.

    Args:
        services: The services in the order of the file.
        file: The file's name, for the words of a fault.

    Returns:
        All faults at once, by row as a spreadsheet counts it (the header is row 1) and column. None: codes are unique
        and can stand in an address, and every service has a name, a heading and a place where it is planned.
    """
    if not services:
        return (Fault(file, "it has no service", "Add the services that the partnership manages.", "catalogue-empty"),)
    codes = Counter(one.service for one in services)
    names = Counter(one.name.casefold().strip() for one in services)
    faults = []
    for row, service in enumerate(services, start=2):
        for column, what, do, code in (*_code_faults(service, codes), *_text_faults(service, names)):
            faults.append(Fault(file, what, do, code, row=row, column=column))
    return tuple(faults)


def headings_of(services: Sequence[CatalogueService]) -> tuple[str, ...]:
    """Give the service headings, each once, in the order in which the catalogue first names them."""
    return tuple(dict.fromkeys(one.heading for one in services))


_Said = tuple[str, str, str, str]


def _code_faults(service: CatalogueService, codes: Counter[str]) -> Iterator[_Said]:
    code = service.service
    if not _SLUG.fullmatch(code) or len(code) > _LONGEST_CODE:
        do = f"Use small letters a to z, digits and single hyphens, {_LONGEST_CODE} at most, like home-care."
        yield "service", f"'{code}' cannot be a service's code", do, "catalogue-code"
    if codes[code] > 1:
        yield "service", f"the code '{code}' stands there {codes[code]} times", "Keep one row.", "catalogue-code-twice"


def _text_faults(service: CatalogueService, names: Counter[str]) -> Iterator[_Said]:
    for column in ("name", "heading"):
        text = getattr(service, column)
        if not text.strip():
            yield column, f"{service.service} has no {column}", "Fill it in.", "catalogue-text-missing"
        elif text != text.strip():
            yield column, f"'{text}' has spaces around it", "Take the spaces away.", "spaces-around"
    if service.name.strip() and names[service.name.casefold().strip()] > 1:
        do = "Give each service a name of its own."
        yield "name", f"'{service.name}' is the name of several services", do, "catalogue-name-twice"
    if service.planned_at not in get_args(PlannedAt):
        known = ", ".join(get_args(PlannedAt))
        yield "planned_at", f"'{service.planned_at}' is none of {known}", "Use one of these.", "catalogue-planned-at"
