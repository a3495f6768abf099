"""Connects to the engine that runs person-level expressions: DuckDB in the process, Spark or PostgreSQL."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
import weakref
from typing import Any

import ibis
import pyarrow as pa

from locality.foundations import Fault, InputRefused

ENGINES = ("duckdb", "spark", "postgres")
POSTGRES_VARIABLE = "LOCALITY_POSTGRES"
SPARK_VARIABLE = "LOCALITY_SPARK"
"""Names the master of a Spark cluster; without it Spark runs in this process."""

# What DuckDB may hold for each of its threads before it writes to disk; more would not be quicker. Python, its
# libraries and the small tables take about 350 MB more: on two cores a nation's records stay under 0.6 GB.
_MEGABYTES_A_THREAD = 55
_LEAST_MEGABYTES = 110

_MODULE = {"spark": "pyspark", "postgres": "psycopg"}
_INSTALL = {
    "spark": "Install the extra: pip install 'locality-planning[spark]' (it needs Java 17).",
    "postgres": "Install the extra: pip install 'locality-planning[postgres]'.",
}


def connect(
    engine: str = "duckdb",
    *,
    memory_limit: str | None = None,
    threads: int | None = None,
    url: str | None = None,
) -> Any:
    """Open an engine.

    Args:
        engine: ``duckdb``, ``spark`` or ``postgres``.
        memory_limit: What DuckDB may hold in memory, like ``500MB``; beyond it writes to a temporary directory, which
            is removed when the connection is no longer used.
        threads: How many threads DuckDB or Spark may use; all of them when not given.
        url: The PostgreSQL database; when not given, the environment variable LOCALITY_POSTGRES names it.

    Returns:
        An Ibis connection.

    Raises:
        InputRefused: The engine is unknown, its package is not installed, or PostgreSQL has no address.
    """
    if engine not in ENGINES:
        what = f"there is no engine '{engine}'"
        raise _refused(engine, what, f"Use one of: {', '.join(ENGINES)}.", "unknown-engine")
    if engine in _MODULE and importlib.util.find_spec(_MODULE[engine]) is None:
        raise _refused(engine, f"the package '{_MODULE[engine]}' is not installed", _INSTALL[engine], "missing-extra")
    if engine == "spark":
        return _spark(threads)
    if engine == "postgres":
        return _postgres(url or os.environ.get(POSTGRES_VARIABLE, ""))
    return _duckdb(memory_limit or _memory_limit(threads), threads)


def _memory_limit(threads: int | None) -> str:
    return f"{max(_LEAST_MEGABYTES, _MEGABYTES_A_THREAD * (threads or os.cpu_count() or 1))}MB"


def forget_cached(con: Any) -> None:
    """Let DuckDB give back the memory in which it keeps what it has read; other engines are left alone.

    Numbering persons and adding them up need that room for themselves, and read everything once.
    """
    if con.name != "duckdb":
        return
    limit = con.raw_sql("SELECT current_setting('memory_limit')").fetchone()[0]
    con.raw_sql("SET memory_limit = '16MB'")
    con.raw_sql(f"SET memory_limit = '{limit}'")
    pa.default_memory_pool().release_unused()


def _duckdb(memory_limit: str, threads: int | None) -> Any:
    spill = tempfile.mkdtemp(prefix="locality-spill-")
    # Groups and sums do not depend on the order of rows; keeping it would cost memory.
    settings: dict[str, Any] = {
        "memory_limit": memory_limit,
        "temp_directory": spill,
        "preserve_insertion_order": False,
        # Nothing is fetched from anywhere: a missing extension is an error, not a download.
        "autoinstall_known_extensions": False,
    }
    if threads is not None:
        settings["threads"] = threads
    connection = ibis.duckdb.connect(**settings)
    weakref.finalize(connection, shutil.rmtree, spill, ignore_errors=True)
    return connection


def _spark(threads: int | None) -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra, and slow to import

    session = (
        SparkSession.builder.master(os.environ.get(SPARK_VARIABLE) or f"local[{threads or '*'}]")
        .appName("locality")
        .config("spark.ui.enabled", "false")
        # Dates carry no time zone; a session in local time would shift those read from timestamps.
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "16")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)


def _postgres(url: str) -> Any:
    if not url:
        do = f"Set {POSTGRES_VARIABLE}, like postgresql://name@host/database."
        raise _refused("postgres", "no database is named", do, "missing-setting")
    return ibis.connect(url)


def _refused(engine: str, what: str, do: str, code: str) -> InputRefused:
    return InputRefused([Fault(f"engine {engine}", what, do, code)])
