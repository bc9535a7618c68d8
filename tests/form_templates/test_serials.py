import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from form_templates.marks import MOST_SERIALS
from form_templates.serials import skip_to, take


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can be written, as far as this process is concerned."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_serials_follow_each_other_from_one(tmp_path: Path) -> None:
    assert take(2, tmp_path / "new") == (1, 2)
    assert take(1, tmp_path / "new") == (3,)


def test_after_the_last_serial_comes_the_first(tmp_path: Path) -> None:
    skip_to(MOST_SERIALS, tmp_path)
    assert take(2, tmp_path) == (MOST_SERIALS, 1)


def test_a_range_that_somebody_wrote_by_hand_is_kept(tmp_path: Path) -> None:
    (tmp_path / "serial").write_text("5000\n", encoding="ascii")
    skip_to(7, tmp_path)
    assert take(1, tmp_path) == (5000,)


def test_a_full_disk_gives_no_serial_twice(tmp_path: Path) -> None:
    skip_to(500, tmp_path)
    with full_disk(), pytest.raises(OSError, match="File too large"):
        take(1, tmp_path)
    assert take(1, tmp_path) == (500,)


def test_those_who_print_at_once_share_no_serial(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(3, tmp_path), range(40)))
    assert sorted(serial for some in taken for serial in some) == list(range(1, 121))
