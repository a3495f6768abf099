"""A site for the tests: its own home folder, plain static files, fast passwords that are never used elsewhere."""

from __future__ import annotations

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from factories import site
from factories.emptying import patch_flush
from locality_web.core.remembered import forget


@pytest.fixture(autouse=True, scope="session")
def emptying():
    """Let Django empty tables after a test that the database otherwise protects."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", patch_flush())
        yield


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Let no test see what pages read in another one: rows are made anew under the same keys."""
    forget()


@pytest.fixture
def fife(db):
    """A partnership with four localities."""
    return site.partnership()


@pytest.fixture
def argyll(db):
    """Another partnership on the same site."""
    return site.partnership("argyll-and-bute", "Argyll and Bute", localities=("Bute and Cowal", "Kintyre"))


@pytest.fixture
def as_role(fife):
    """Give a browser in which somebody is signed in: `as_role("planner")`, `as_role("lead", "levenmouth")`."""

    def signed_in(role: str, locality: str | None = None, partnership=None) -> Client:
        return site.signed_in(site.person(role, partnership or fife, locality))

    return signed_in
