"""The exported query against `decide`: random facts, decided in Python and by DuckDB, SQLite and PostgreSQL.

PostgreSQL is started here, on a free port of this machine and in a temporary folder. The texts for Spark and T-SQL
are only looked at, for what those engines would refuse: they were never run.

    python tests/test_sql_export.py 100000     a long comparison on DuckDB
"""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from transport_calc import Case, decide
from transport_calc.claims import Amounts
from transport_calc.contradictions import contradictions
from transport_calc.facts import FACTS, FactInfo
from transport_calc.judgement import limits
from transport_calc.law.designated_place import with_what_follows
from transport_calc.law.situation import DOMAINS, known_facts, presumptions
from transport_calc.parameters import MILEAGE_LOW, MINIMUM_OTHER, MINIMUM_PENSIONER, Parameters, UnknownAmount
from transport_calc.sql import DIALECTS, export, query, tables
from transport_calc.sql.heading import facts_table
from transport_calc.sql.tables import facts_read

FIRST, LAST = date(2008, 9, 1), date(2026, 12, 31)
DECIDED_ON = date(2026, 11, 21)
PARAMETERS = Parameters()
COLUMNS = tuple(FACTS)

Answer = tuple[Any, ...]
ANSWER = ("outcome", "minimum_class", "minimum_dkk", "calculated_dkk", "payable_dkk", "basis", "legal_basis", "reason")

EDGES = tuple(
    date(*day)
    for day in (
        *((2008, 9, 1), (2013, 12, 31), (2014, 1, 1), (2016, 2, 29), (2016, 6, 30), (2016, 7, 1), (2018, 6, 30)),
        *((2018, 7, 1), (2020, 2, 29), (2022, 4, 30), (2022, 5, 1), (2023, 12, 31), (2024, 1, 1), (2024, 2, 29)),
        *((2024, 12, 31), (2025, 1, 1), (2025, 6, 30), (2025, 7, 1), (2026, 12, 31)),
    )
)
ALWAYS_USEFUL = ("pensioner", "mobility", "distance_km", "means", "public_fare_dkk", "hospital_based", "referred")
OFTEN_USEFUL = ("paid_dkk", "place_choice", "designated_distance_km", "designated_cost_dkk", "nearest_specialist")
NOT_READ = {"purpose", "trip_date", "case_id", "decision_date", "municipality"}


# --- random facts -----------------------------------------------------------------------------------------------------


def random_cases(count: int, seed: int) -> Iterator[Case]:
    choose = random.Random(seed)
    number = 0
    while number < count:
        case = random_case(choose, str(number))
        if not contradictions(case):
            number += 1
            yield case


def random_case(choose: random.Random, case_id: str) -> Case:
    purpose = choose.choice([*FACTS["purpose"].choices, "rehabilitation", "rehabilitation", "hospital", "specialist"])
    on = choose.choice(EDGES) if choose.random() < 0.3 else FIRST + timedelta(choose.randrange((LAST - FIRST).days + 1))
    given: dict[str, Any] = {"purpose": purpose, "trip_date": on, "case_id": case_id}
    always, often, seldom = choose.choice([(0.95, 0.3, 0.1), (0.8, 0.5, 0.3), (1.0, 0.2, 0.03), (0.7, 0.9, 0.8)])
    for name, info in FACTS.items():
        likely = always if name in ALWAYS_USEFUL else often if name in OFTEN_USEFUL else seldom
        if name not in NOT_READ and choose.random() < likely:
            given[name] = random_value(choose, info, on)
    return Case(**given)


def random_value(choose: random.Random, info: FactInfo, on: date) -> Any:
    if info.name in DOMAINS:
        return ordinary_value(choose, info)
    if info.kind == "date":
        return three_years_later(on) + timedelta(choose.choice([-400, -1, 0, 1, 2, 400]))
    if info.kind == "whole":
        return choose.choice([0, 17, 18, 70, 103, 104])
    if info.name.endswith("_km"):
        near = ["49.9", "49.999", "50", "50.0", "50.001", "50.1", "0", at_the_minimum_by_car(choose, on)]
        return Decimal(choose.choice([*near, f"{choose.randrange(120_000) / 1000:.3f}"]))
    return random_kroner(choose, on)


def ordinary_value(choose: random.Random, info: FactInfo) -> Any:
    """Any value, but more often one that does not end the case at once."""
    ordinary = {"trip_made": True, "treatment_started": True, "publicly_funded": True, "within_service_level": True}
    ordinary |= {"insurance_group": 1, "hospital_based": True, "endpoint": "home", "referred": True}
    if info.name in ordinary and choose.random() < 0.7:
        return ordinary[info.name]
    return choose.choice(DOMAINS[info.name])


def three_years_later(on: date) -> date:
    return date(on.year + 3, 2, 28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year + 3)


def amount(name: str, on: date) -> Decimal:
    try:
        return PARAMETERS.at(name, on).value
    except UnknownAmount:
        return Decimal(100)


def at_the_minimum_by_car(choose: random.Random, on: date) -> str:
    """A distance whose kilometre money is the minimum amount, or a metre beside it."""
    minimum = amount(choose.choice([MINIMUM_PENSIONER, MINIMUM_OTHER]), on)
    metres = int(minimum * 1000 / (2 * amount(MILEAGE_LOW, on))) + choose.choice([0, 0, 1])
    return f"{Decimal(metres) / 1000:f}"


def random_kroner(choose: random.Random, on: date) -> Decimal:
    minimum = amount(choose.choice([MINIMUM_PENSIONER, MINIMUM_OTHER]), on)
    near = [minimum, minimum + Decimal("0.01"), max(Decimal(0), minimum - Decimal("0.01")), Decimal(0)]
    return choose.choice([*near, Decimal(choose.randrange(40_000)) / 100, Decimal(choose.randrange(400))])


# --- both answers -----------------------------------------------------------------------------------------------------


def said_by_decide(case: Case) -> Answer:
    decision = decide(case, parameters=PARAMETERS, today=DECIDED_ON)
    money = decision.amount
    return (
        decision.outcome,
        money.minimum_class,
        in_ore(money.minimum_dkk),
        in_ore(money.calculated_dkk),
        in_ore(money.payable_dkk),
        money.basis,
        only(decision.bases),
        only(decision.reasons),
    )


def only(values: Sequence[str]) -> str | None:
    return values[0] if len(values) == 1 else None


def in_ore(kroner: Decimal | str | None) -> int | None:
    return None if kroner in (None, "") else int(Decimal(kroner) * 100)  # type: ignore[arg-type]


def said_by_query(row: Sequence[Any]) -> Answer:
    outcome, minimum_class, minimum, calculated, payable, *rest = (None if cell == "" else cell for cell in row)
    return (outcome, minimum_class, in_ore(minimum), in_ore(calculated), in_ore(payable), *rest)


@cache
def text_of(dialect: str) -> str:
    return export(dialect, parameters=PARAMETERS)


@cache
def cases_and_answers(count: int) -> tuple[list[Case], list[Answer]]:
    cases = list(random_cases(count, seed=816))
    return cases, [said_by_decide(case) for case in cases]


def compare(cases: Iterable[Case], expected: Iterable[Answer], rows: Iterable[Sequence[Any]]) -> None:
    found = {row[0]: said_by_query(row[1:]) for row in rows}
    wrong = [
        f"{case}\n  decide: {dict(zip(ANSWER, answer, strict=True))}\n  query:  {found.get(str(case.case_id))}"
        for case, answer in zip(cases, expected, strict=True)
        if found.get(str(case.case_id)) != answer
    ]
    assert not wrong, f"{len(wrong)} of {len(found)} differ, the first:\n" + "\n".join(wrong[:3])


def as_csv(cases: Iterable[Case], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows(["" if value is None else value for value in facts_of(case)] for case in cases)
    return path


def facts_of(case: Case) -> list[Any]:
    return [getattr(case, name) for name in COLUMNS]


# --- the engines ------------------------------------------------------------------------------------------------------


def duckdb_rows(cases: Iterable[Case], folder: Path, sql: str, columns: tuple[str, ...] = COLUMNS) -> list[Any]:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    connection = duckdb.connect()
    connection.execute(facts_table(DIALECTS["duckdb"], columns))
    connection.execute(f"COPY facts FROM '{as_csv(cases, folder / 'facts.csv')}' (HEADER false, NULLSTR '')")
    return connection.execute(sql).fetchall()  # type: ignore[no-any-return]


def sqlite_rows(cases: Iterable[Case], sql: str) -> list[Any]:
    connection = sqlite3.connect(":memory:")
    connection.execute(facts_table(DIALECTS["sqlite"]))
    marks = ", ".join("?" * len(COLUMNS))
    plain: dict[type, Callable[[Any], Any]] = {date: str, Decimal: str, bool: int}
    rows = ([plain.get(type(value), lambda same: same)(value) for value in facts_of(case)] for case in cases)
    connection.executemany(f"INSERT INTO facts VALUES ({marks})", rows)
    return connection.execute(sql).fetchall()


POSTGRES = Path("/usr/lib/postgresql/15/bin")


class Postgres:
    """A server of its own in a temporary folder, for as long as the block lasts."""

    def __init__(self) -> None:
        self.bin = POSTGRES if POSTGRES.is_dir() else Path(shutil.which("initdb") or "/missing").parent
        self.as_user = ["runuser", "-u", "postgres", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []

    def missing(self) -> str:
        if not all((self.bin / tool).exists() for tool in ("initdb", "pg_ctl", "psql")):
            return "no PostgreSQL found (initdb, pg_ctl, psql)"
        if self.as_user and (not shutil.which("runuser") or self._run("true").returncode):
            return "PostgreSQL refuses root, and there is no user 'postgres' to run it as"
        return ""

    def _run(self, *command: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
        whole = [*self.as_user, *map(str, command)]
        return subprocess.run(whole, input=text, capture_output=True, text=True, check=False, cwd="/")

    def _must(self, *command: str | Path, text: str | None = None) -> str:
        done = self._run(*command, text=text)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def __enter__(self) -> Postgres:
        self.folder = Path(self._must("mktemp", "-d", "/tmp/transport_calc_pg_XXXXXX").strip())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        data = self.folder / "data"
        self._must(self.bin / "initdb", "-D", data, "-U", "transport", "--auth=trust", "-E", "UTF8", "--no-sync")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        log = self.folder / "log"
        self._must(self.bin / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        self._run("rm", "-rf", self.folder)

    def rows(self, cases: Iterable[Case], sql: str) -> list[list[str]]:
        with tempfile.TemporaryDirectory() as folder:
            facts = as_csv(cases, Path(folder) / "facts.csv").read_text("utf-8")
        script = (
            f"{facts_table(DIALECTS['postgres'])};\nCOPY facts FROM STDIN (FORMAT csv);\n{facts}\\.\n"
            f"CREATE TABLE answers AS\n{sql}\nCOPY answers TO STDOUT (FORMAT csv);\n"
        )
        where = ["-h", "127.0.0.1", "-p", self.port, "-U", "transport", "-d", "postgres"]
        out = self._must(self.bin / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *where, "-f", "-", text=script)
        return list(csv.reader(out.splitlines()))


# --- the tests --------------------------------------------------------------------------------------------------------

MANY = 3000


def test_duckdb_says_what_decide_says(tmp_path: Path) -> None:
    cases, expected = cases_and_answers(MANY)
    compare(cases, expected, duckdb_rows(cases, tmp_path, text_of("duckdb")))


def test_sqlite_says_what_decide_says() -> None:
    cases, expected = cases_and_answers(MANY)
    compare(cases, expected, sqlite_rows(cases, text_of("sqlite")))


def test_postgres_says_what_decide_says() -> None:
    cases, expected = (each[:1000] for each in cases_and_answers(MANY))
    server = Postgres()
    if reason := server.missing():
        pytest.skip(reason)
    with server:
        compare(cases, expected, server.rows(cases, text_of("postgres")))


def test_the_random_facts_reach_every_outcome() -> None:
    _, answers = cases_and_answers(MANY)
    assert {answer[0] for answer in answers} == {
        *("entitled", "below_minimum", "not_entitled", "discretionary", "undetermined")
    }
    assert len({answer[-1] for answer in answers}) > 15
    assert sum(answer[0] == "entitled" and bool(answer[4]) for answer in answers) > MANY / 50
    assert sum(answer[0] == "below_minimum" for answer in answers) > MANY / 50


def test_the_situation_is_what_the_law_reads_of_the_case(tmp_path: Path) -> None:
    """What the query writes once more, and what it derived by asking, against `known_facts` and `presumptions`."""
    read = everything_read()
    parts = query.settling(DIALECTS["duckdb"], read, FIRST, LAST, PARAMETERS)
    cases = cases_and_answers(MANY)[0]
    names = tuple(name for name in read if name != "purpose")
    sql = "WITH\n" + ",\n".join(parts) + f"\nSELECT case_id, {', '.join(names)} FROM situation"
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in duckdb_rows(cases, tmp_path, sql)}
    for case in map(with_what_follows, cases):
        known = known_facts(case, limits(case, Amounts(PARAMETERS, case.trip_date)))
        settled = {**presumptions(case), **known}
        assert found[case.case_id] == {name: as_code(settled.get(name)) for name in names}, case


def as_code(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def everything_read() -> tuple[str, ...]:
    rights = [row for purpose in query.PURPOSES for row in tables.rights(purpose, FIRST, LAST)]
    return facts_read([*rights, *tables.costs(FIRST, LAST)])


def test_no_row_is_lost_or_merged(tmp_path: Path) -> None:
    """The same `case_id` twice, one without, one on a day without law: four rows in, four rows out."""
    known = {"purpose": "other", "trip_date": date(2024, 5, 13)}
    cases = [Case(case_id="a", **known), Case(case_id="a", **known), Case(**known)]
    too_early = Case(purpose="other", trip_date=date(2008, 8, 31), case_id="b")
    rows = duckdb_rows([*cases, too_early], tmp_path, text_of("duckdb"))
    outcomes = sorted((str(row[0]), str(row[1])) for row in rows)
    assert outcomes == [("None", "not_entitled"), ("a", "not_entitled"), ("a", "not_entitled"), ("b", "None")]


def test_a_purpose_left_out_has_no_answer(tmp_path: Path) -> None:
    year = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}
    sql = export("duckdb", parameters=PARAMETERS, purposes=["hospital"], **year)
    assert len(sql) < len(text_of("duckdb")) / 2
    cases = [case for case in cases_and_answers(MANY)[0] if case.trip_date.year in (2023, 2024)]
    for case, row in zip(cases, in_order(duckdb_rows(cases, tmp_path, sql), cases), strict=True):
        inside = case.purpose == "hospital" and case.trip_date.year == 2024
        assert (row[1] == said_by_decide(case)[0]) if inside else row[1] is None


def in_order(rows: Iterable[Sequence[Any]], cases: Sequence[Case]) -> list[Sequence[Any]]:
    by_id = {row[0]: row for row in rows}
    return [by_id[case.case_id] for case in cases]


def test_the_text_is_the_same_every_time() -> None:
    program = "import sys; from transport_calc.sql import export; sys.stdout.write(export('tsql'))"
    fresh = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert fresh.stdout == text_of("tsql")


def without_comments(sql: str) -> str:
    return re.sub(r"--.*", "", sql)


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_what_no_dialect_may_hold(dialect: str) -> None:
    sql = without_comments(text_of(dialect))
    assert sql.count("(") == sql.count(")")
    assert not re.search(r"\b(TRUE|FALSE|LIMIT|QUALIFY|USING|ILIKE|IIF)\b|::|\|\|", sql)
    assert sql.strip().startswith("WITH")
    assert sql.strip().endswith(";")
    assert not re.search(r"\b\d+\.\d+\b", sql.replace("0.01", "")), "a number that is not whole"


FORBIDDEN = {
    # A boolean has no place in a select list or an assignment, there is no //, no DIV, no EXTRACT, no DATE '…'.
    "tsql": r"//|\bDIV\b|EXTRACT|DATE '|BOOLEAN|STRING|(?m:^\s+VALUES)",
    # / gives a DOUBLE; a list of columns belongs to the sub-query, VALUES cannot stand alone in WITH.
    "spark": r"//|\) / \d|EXTRACT|VARCHAR|(?m:^\s+VALUES)",
    "postgres": r"//|\bDIV\b|STRING|\bYEAR\(",
    "sqlite": r"//|\bDIV\b|EXTRACT|\bYEAR\(|BOOLEAN",
    "duckdb": r"\bDIV\b|EXTRACT|\) / \d",
}


@pytest.mark.parametrize(("dialect", "forbidden"), FORBIDDEN.items())
def test_what_this_dialect_may_not_hold(dialect: str, forbidden: str) -> None:
    found = re.search(forbidden, without_comments(text_of(dialect)))
    assert found is None, found


def test_tsql_selects_no_condition() -> None:
    """Every comparison of the last parts stands between WHEN and THEN, in a join or in a CASE of its own."""
    body = without_comments(text_of("tsql")).partition("claim AS (")[2]
    outside = re.sub(r"\bON\b.*?(?=LEFT JOIN|\n\),)", "ON", body, flags=re.DOTALL)
    outside = re.sub(r"\bWHEN\b.*?\bTHEN\b", "", outside, flags=re.DOTALL)
    assert not re.search(r"<>|>=|<=|[<>]| IN \(| IS NULL| IS NOT NULL", outside)


def long_run(count: int) -> None:
    """Compare many rows on DuckDB and say how long each part took."""
    started = time.perf_counter()
    sql = text_of("duckdb")
    generated = time.perf_counter()
    cases = list(random_cases(count, seed=count))
    made = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        rows = duckdb_rows(cases, Path(folder), sql)
    queried = time.perf_counter()
    compare(cases, (said_by_decide(case) for case in cases), rows)
    decided = time.perf_counter()
    times = (generated - started, made - generated, queried - made, decided - queried)
    print(f"{count} rows agree; query made in %.1f s, facts %.1f s, DuckDB %.1f s, decide %.1f s" % times)  # noqa: T201


if __name__ == "__main__":
    long_run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
