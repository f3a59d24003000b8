"""The Spark that does the work: the one this program was started with, or one on this machine."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import Any

from transport_calc.faults import Fault, InvalidInput

_SUBMITTED = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS", "SPARK_REMOTE")
"""Set by whoever starts the program on a Spark of their own."""

_NEEDED = ("pyspark", "pyarrow", "pandas")
"""PySpark asks for pandas before it hands Arrow to anybody, though nothing here uses it."""

_HERE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # One machine needs no two hundred shares, and the workers share its processors already.
    "spark.sql.shuffle.partitions": "8",
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
}


def spark_session(master: str = "local[*]") -> Any:
    """The running session, the one the program was submitted to, or a new one on this machine at `master`.

    Raises `InvalidInput` if PySpark, what it needs, or Java is missing.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise InvalidInput([Fault("spark_missing", "--engine")])
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("transport-calc")
    ours = SparkSession.getActiveSession() is None and not any(name in os.environ for name in _SUBMITTED)
    if ours:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.master(master)
        for name, value in _HERE.items():
            builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkRuntimeError, FileNotFoundError):
        raise InvalidInput([Fault("java_missing", "--engine")]) from None
    if ours:
        # What matters is said by the batch; the rest would be read as if something were wrong.
        session.sparkContext.setLogLevel("ERROR")
    # A session of our own, whose settings are nobody else's.
    own = session.newSession()
    own.conf.set("spark.sql.caseSensitive", "true")
    return own
