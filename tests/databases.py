"""Databases for the tests: SQLite files, and a private PostgreSQL cluster started for real."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.people import seed_people
from workflow.store.migrate import upgrade
from workflow.store.session import open_store

NEW = ("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SERVED = [word for setting in ("listen_addresses=", *FAST) for word in ("-c", setting)]
OWNER = "postgres"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL that listens in one folder only."""

    socket: Path

    def address(self, name: str) -> str:
        """SQLAlchemy's URL of a database in it."""
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.socket}"

    def run(self, statement: str) -> None:
        """Outside any transaction."""
        with closing(self._connect()) as connection:
            connection.execute(statement)

    def answers(self) -> bool:
        """Whether it has started."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket), user=OWNER, dbname="postgres", autocommit=True
        )


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """PostgreSQL for as long as the suite runs; a suite without it would prove too little."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        with start_cluster(programs, folder) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name))
    if not folders:
        pytest.fail("PostgreSQL is missing: apt-get install postgresql", pytrace=False)
    return folders[-1]


@contextmanager
def start_cluster(programs: Path, folder: Path) -> Iterator[Cluster]:
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
    run_as_owner(programs / "initdb", "-D", data, "-U", OWNER, *NEW).wait()
    process = run_as_owner(
        programs / "postgres", "-D", data, "-k", folder, *SERVED, log=folder / "log"
    )
    try:
        yield wait_for_answer(Cluster(folder), process)
    finally:
        process.send_signal(signal.SIGINT)  # drops every connection, then stops
        process.wait(30)


def run_as_owner(*words: str | Path, log: Path = Path(os.devnull)) -> subprocess.Popen[bytes]:
    """PostgreSQL refuses root, and must not outlive the suite even if that is killed."""
    door = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        door += ["--reuid", OWNER, "--regid", OWNER, "--init-groups"]
    with log.open("wb") as output:
        return subprocess.Popen([*door, "--", *words], stdout=output, stderr=output)


def wait_for_answer(cluster: Cluster, process: subprocess.Popen[bytes]) -> Cluster:
    until = time.monotonic() + 30
    while not cluster.answers():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail((cluster.socket / "log").read_text(), pytrace=False)
        time.sleep(0.05)
    return cluster


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    cluster.run("CREATE DATABASE migrated")
    prepare(cluster.address("migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "blanki.sqlite"
    prepare(f"sqlite:///{path}")
    return path


def prepare(url: str) -> None:
    """All tables, the roles, two units and a person for each role."""
    upgrade(url)
    with closing(open_store(url)) as store, store.write() as session:
        seed_people(session)


NUMBERS = count(1)


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """URL of a database without any table."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        yield from _lend_database(request.getfixturevalue("cluster"), "template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database; `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)` for one."""
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """URL of a migrated database with roles, units and people, for one test alone."""
    if database == "sqlite":
        path = tmp_path / "blanki.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        template = request.getfixturevalue("postgres_template")
        yield from _lend_database(request.getfixturevalue("cluster"), template)


def _lend_database(cluster: Cluster, template: str) -> Iterator[str]:
    name = f"test_{next(NUMBERS)}"
    cluster.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield cluster.address(name)
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")
