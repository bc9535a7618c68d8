import hashlib
import io
import os
import threading
from pathlib import Path

import pytest

from workflow.contents import ContentStore, replace_file
from workflow.errors import DiskFull

SCAN = b"scan" * 1000


@pytest.fixture
def contents(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "originals")


def files_in(contents: ContentStore) -> list[Path]:
    return [path for path in contents.folder.rglob("*") if path.is_file()]


def test_bytes_lie_whole_under_their_hash(contents: ContentStore) -> None:
    stored = contents.put_bytes(SCAN)
    assert stored.sha256 == hashlib.sha256(SCAN).hexdigest() and stored.size == len(SCAN)
    assert contents.path(stored.sha256).read_bytes() == SCAN


def test_the_same_bytes_are_kept_once_and_not_written_again(contents: ContentStore) -> None:
    path = contents.path(contents.put_bytes(SCAN).sha256)
    before = path.stat().st_ino
    contents.put_bytes(SCAN)
    assert path.stat().st_ino == before and files_in(contents) == [path]


def test_a_file_that_a_loss_of_power_cut_short_is_written_anew(contents: ContentStore) -> None:
    path = contents.path(contents.put_bytes(SCAN).sha256)
    path.write_bytes(SCAN[:10])
    contents.put_bytes(SCAN)
    assert path.read_bytes() == SCAN


class Breaking(io.BytesIO):
    """A stream that fails on the way."""

    def read(self, size: int | None = -1) -> bytes:
        """A little, then a fault of the disk."""
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(100)


def test_a_stream_that_breaks_leaves_nothing(contents: ContentStore) -> None:
    with pytest.raises(OSError, match="Input/output"):
        contents.put_stream(Breaking(SCAN))
    assert files_in(contents) == []


def test_many_at_once_keep_one_whole_file(contents: ContentStore) -> None:
    threads = [threading.Thread(target=contents.put_bytes, args=(SCAN,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (path,) = files_in(contents)
    assert path.read_bytes() == SCAN


def test_what_a_killed_process_left_is_removed_once_it_is_old(contents: ContentStore) -> None:
    kept = contents.path(contents.put_bytes(SCAN).sha256)
    old, new = (contents.folder / f".unfinished-{name}" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    contents.remove_unfinished(before=2000)
    assert not old.exists() and new.exists() and kept.exists()


def test_a_note_is_replaced_whole(tmp_path: Path) -> None:
    note = tmp_path / "note.json"
    for content in (b"long content", b"short"):
        replace_file(note, content)
    assert note.read_bytes() == b"short" and list(tmp_path.iterdir()) == [note]


def test_a_full_disk_is_named_and_leaves_nothing_of_the_file(small_disk: Path) -> None:
    contents = ContentStore(small_disk / "originals")
    kept = contents.put_bytes(SCAN)
    with pytest.raises(DiskFull):
        contents.put_bytes(os.urandom(2 << 20))
    assert files_in(contents) == [contents.path(kept.sha256)]
    assert contents.put_bytes(os.urandom(1 << 19)).size == 1 << 19
