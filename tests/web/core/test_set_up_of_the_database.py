"""What a site's keeper relies on: models and migrations agree, migrations go both ways, and live settings are safe."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

OURS = ("core", "areas", "members", "money", "plans")


def tables() -> set[str]:
    return set(connection.introspection.table_names())


def tables_of(rooms: tuple[str, ...]) -> set[str]:
    return {model._meta.db_table for room in rooms for model in apps.get_app_config(room).get_models()}


def triggers() -> int:
    where = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(where[connection.vendor])
        return int(cursor.fetchone()[0])


def test_every_change_of_a_model_has_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_all_migrations_go_back_to_nothing_and_forward_again():
    whole, refusals = tables(), triggers()
    assert tables_of(OURS) <= whole
    assert refusals > 0
    try:
        # Everything of ours depends on core.
        call_command("migrate", "core", "zero", verbosity=0)
        assert tables() & tables_of(OURS) == set()
        assert triggers() == 0
    finally:
        call_command("migrate", verbosity=0)
    assert (tables(), triggers()) == (whole, refusals)


def test_a_live_site_passes_djangos_checks_for_live_sites(tmp_path):
    surroundings = {**os.environ, "LOCALITY_HOME": str(tmp_path), "LOCALITY_HTTPS": "yes"}
    surroundings |= {"DJANGO_SETTINGS_MODULE": "locality_web.config.settings", "LOCALITY_HOSTS": "plans.example.org"}
    for of_tests_alone in ("LOCALITY_SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        surroundings.pop(of_tests_alone, None)
    command = [sys.executable, "-m", "locality_web.config.command", "manage", "check", "--deploy"]

    ran = subprocess.run(
        [*command, "--fail-level", "WARNING"], env=surroundings, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
