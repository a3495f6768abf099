"""What people may do about funding sources: add one, or change it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction

from locality.foundations import Fault, InputRefused, say_pounds
from locality.plans import CatalogueService, FundingSource
from locality.plans.funding import check_sources
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.money.models import Source, SourceAvailable
from locality_web.money.queries import catalogue


def keep_source(place: Place, person: Person | None, source: FundingSource, *, is_new: bool = False) -> Source:
    """Add a funding source or change it; its code says which.

    Args:
        place: The partnership.
        person: Who does it; None: the site itself.
        source: The whole source, with what there is by year and locality (codes of the partnership's localities).
        is_new: Whether it must not be there yet.

    Returns:
        The source as it is kept.

    Raises:
        NotAllowed: The person may not change funding sources here.
        InputRefused: Something about it cannot be used; every fault is named by the field.
    """
    if person is not None:
        require(person, "money.sources", place)
    _refuse_unsound(source, catalogue(place.partnership))
    with transaction.atomic():
        if is_new and Source.objects.filter(partnership=place.partnership, source=source.source).exists():
            what, do = f"there is a source with the code '{source.source}' already", "Give this one another code."
            raise InputRefused([Fault("funding source", what, do, "source-code-twice", column="source")])
        kept, added = Source.objects.update_or_create(
            partnership=place.partnership, source=source.source, defaults=_fields_of(source)
        )
        _keep_available(place, kept, source)
        record_event(
            person,
            "money.source_added" if added else "money.source_changed",
            f"{'Added' if added else 'Changed'} the funding source '{source.name}'.",
            place=place,
            subject=f"source:{source.source}",
            detail={
                "kind": source.kind,
                "accountable_body": source.accountable_body,
                "headings": list(source.headings),
                "services": list(source.services),
                "starts": source.starts,
                "ends": source.ends,
                "available": [[one.year, one.locality, one.pence] for one in source.available],
            },
        )
    return kept


def _refuse_unsound(source: FundingSource, services: tuple[CatalogueService, ...]) -> None:
    """Let the library name what is wrong; a form has no rows, so the faults name fields alone."""
    faults = check_sources([source], services, file="funding source")
    if faults:
        raise InputRefused([replace(each, row=None) for each in faults])


def _fields_of(source: FundingSource) -> dict[str, object]:
    return {
        "name": source.name.strip(),
        "kind": source.kind,
        "accountable_body": source.accountable_body.strip(),
        "headings": list(source.headings),
        "services": list(source.services),
        "starts": dt.date.fromisoformat(source.starts) if source.starts else None,
        "ends": dt.date.fromisoformat(source.ends) if source.ends else None,
        "rule": source.rule.strip(),
    }


def _keep_available(place: Place, kept: Source, source: FundingSource) -> None:
    localities = {one.code: one for one in place.partnership.localities.all()}
    kept.available.all().delete()
    SourceAvailable.objects.bulk_create(
        SourceAvailable(
            source=kept,
            year=one.year,
            locality=localities[one.locality] if one.locality else None,
            pence=one.pence,
        )
        for one in source.available
    )


def say_available(source: Source, year: str) -> str:
    """Say what there is of a source in a year."""
    found = [one for one in source.available.all() if one.year == year]
    if not found:
        return "no stated limit"
    return "; ".join(f"{one.locality or 'whole partnership'}: {say_pounds(one.pence, whole=True)}" for one in found)
