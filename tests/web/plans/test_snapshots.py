"""Agreed plans are read from the very text that was hashed."""

from __future__ import annotations

import pytest

from factories import plans_site
from locality.foundations import ResultRefused
from locality_web.plans.models import Snapshot
from locality_web.plans.snapshots import read_snapshot

pytestmark = pytest.mark.django_db


def test_a_snapshot_is_read_once_and_remembered(fife):
    snapshot = plans_site.agreed(fife).snapshot

    assert read_snapshot(snapshot) is read_snapshot(Snapshot.objects.get(pk=snapshot.pk))


def test_a_text_that_was_changed_behind_the_sites_back_is_refused(fife):
    agreed = plans_site.agreed(fife).snapshot
    changed = Snapshot(text=agreed.text.replace("More care at home", "Less care"), sha256="f" * 64)

    with pytest.raises(ResultRefused, match="is not the one that was agreed"):
        read_snapshot(changed)
