"""Publishing: what fails leaves the old dictionaries as they were, what succeeds replaces them at once.

1. The generation changes with the content and with nothing else.
2. A file of an older schema gives its dictionaries to the new one; a damaged one is kept aside; a foreign one is left.
3. Whatever goes wrong while a file is built leaves the present one, to the byte.
4. One process builds at a time.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import multiprocessing
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictsvc.errors import StorageError
from dictsvc.model import Dictionary, Entry, Sense
from dictsvc.storage import inspection
from dictsvc.storage.connection_pool import open_read_only
from dictsvc.storage.inspection import fault_of, part_sizes
from dictsvc.storage.publisher import published, publishing
from dictsvc.storage.schema import SCHEMA_VERSION
from dictsvc.storage.snapshot import Snapshot

ENTRIES = tuple(Entry(f"từ {number}", senses=(Sense("noun", gloss=f"word {number}"),)) for number in range(300))


def _dictionary(identifier: str = "vi-en", **described: str) -> Dictionary:
    return Dictionary(id=identifier, title="Việt–Anh", source_language="vi", target_language="en", **described)  # type: ignore[arg-type]


def _publish(database: Path, identifier: str = "vi-en", entries: tuple[Entry, ...] = ENTRIES, **described: str) -> str:
    with publishing(database) as work:
        work.replace(_dictionary(identifier, **described), entries)
    return Snapshot(database).generation


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "dictsvc.sqlite3"
    _publish(path)
    return path


def _leftovers(database: Path) -> list[str]:
    return sorted(p.name for p in database.parent.iterdir() if p.name not in (database.name, database.name + ".lock"))


def test_what_was_written_is_read(database: Path) -> None:
    snapshot = Snapshot(database)
    assert [stored.entry() for stored in snapshot.all_entries("vi-en")] == list(ENTRIES)
    assert snapshot.dictionaries["vi-en"].entry_count == 300
    assert fault_of(database) == ""
    assert _leftovers(database) == []


def test_the_generation_is_that_of_the_content(database: Path, tmp_path: Path) -> None:
    before, inode = Snapshot(database).generation, database.stat().st_ino
    assert _publish(database) == before
    assert database.stat().st_ino == inode, "a file of the same content was not to be published"
    assert _publish(tmp_path / "elsewhere.sqlite3") == before
    changed = _publish(database, entries=ENTRIES[1:])
    assert changed != before
    assert _publish(database) == before
    assert _publish(database, licence="CC0-1.0") not in (before, changed)


def test_the_generation_tells_the_order_of_dictionaries(database: Path, tmp_path: Path) -> None:
    _publish(database, "g")
    there = _publish(database, "h")
    other = tmp_path / "other.sqlite3"
    _publish(other, "vi-en")
    _publish(other, "h")
    assert _publish(other, "g") != there
    with publishing(other) as builder:
        assert builder.remove("h")
    assert _publish(other, "h") == there


def test_a_new_order_alone_is_published(database: Path) -> None:
    _publish(database, "g")
    before = Snapshot(database).generation
    with publishing(database) as builder:
        assert builder.remove("vi-en")
        builder.replace(_dictionary(), ENTRIES)
    assert list(Snapshot(database).dictionaries) == ["g", "vi-en"]
    assert Snapshot(database).generation != before


def test_a_gap_in_the_order_does_not_change_it(database: Path) -> None:
    for identifier in "abc":
        _publish(database, identifier)
    with publishing(database) as builder:
        assert builder.remove("a")
    _publish(database, "d")
    _publish(database, "c", ENTRIES[:10])
    _publish(database, "b", ENTRIES[:10])
    assert list(Snapshot(database).dictionaries) == ["vi-en", "b", "c", "d"]


def test_two_at_once_change_the_generation_once(database: Path) -> None:
    with publishing(database) as work:
        work.replace(_dictionary("a"), ENTRIES[:3])
        work.replace(_dictionary("b"), ENTRIES[:2])
        assert Snapshot(database).dictionaries.keys() == {"vi-en"}
    assert list(Snapshot(database).dictionaries) == ["vi-en", "a", "b"]


def test_replacing_keeps_the_place_and_removing_leaves_nothing(database: Path) -> None:
    _publish(database, "a")
    _publish(database, "b")
    size = database.stat().st_size
    _publish(database, "a", ENTRIES[:10])
    assert list(Snapshot(database).dictionaries) == ["vi-en", "a", "b"]
    with publishing(database) as work:
        assert work.remove("a")
        assert work.remove("b")
        assert not work.remove("nowhere")
    snapshot = Snapshot(database)
    assert list(snapshot.dictionaries) == ["vi-en"]
    assert database.stat().st_size < size * 0.7
    with contextlib.closing(sqlite3.connect(database)) as connection:
        for table in ("key", "permalink", "alphabet", "entry"):
            column = {"permalink": "entry", "alphabet": "entry", "key": "entry", "entry": "id"}[table]
            assert connection.execute(f"SELECT max({column}) FROM {table}").fetchone()[0] <= 300  # noqa: S608
    assert snapshot.gloss_matches(["word"], ["vi-en"], 500)


def test_a_compound_is_the_commoner_the_more_glosses_use_it(database: Path) -> None:
    alike = tuple(Entry(word, senses=(Sense(gloss="-"),)) for word in ("điện từ", "điện tử", "Diễn từ"))
    _publish(database, entries=alike)
    alone = _commonness(database)
    assert alone["điện tử"] <= alone["điện từ"], "or the example shows nothing"
    glosses = ("thư điện tử", "báo điện tử; máy tính Điện  tử") * 5 + ("lực (điện từ)", "sự phóng điện, từ tính")
    english = Dictionary(id="en-vi", title="Anh–Việt", source_language="en", target_language="vi")
    with publishing(database) as work:
        work.replace(english, [Entry(f"word {n}", senses=(Sense(gloss=gloss),)) for n, gloss in enumerate(glosses)])
    used = _commonness(database)
    assert used["điện tử"] > used["điện từ"] > alone["điện từ"]
    assert used["Diễn từ"] == alone["Diễn từ"]
    with publishing(database) as work:
        work.remove("en-vi")
    assert _commonness(database) == alone


def _commonness(database: Path) -> dict[str, int]:
    return {row.headword: row.commonness for row in Snapshot(database).find(["dien tu"])}


def test_the_new_file_has_the_rights_of_the_old(database: Path) -> None:
    database.chmod(0o640)
    _publish(database, "a")
    assert database.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(database: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.sqlite3"
    link.symlink_to(database)
    _publish(link, "a")
    assert link.is_symlink()
    assert "a" in Snapshot(database).dictionaries


# 2. other files in its place


def _made_older(database: Path, version: int) -> None:
    """Make a file one of an older schema: its number, and its keys as they would be of no use now."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM key")
        connection.execute("DROP TABLE alphabet")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def test_an_older_schema_is_carried_over(database: Path) -> None:
    with publishing(database) as work:
        work.replace(_dictionary("bundled"), ENTRIES[:5], bundled="digest")
    _made_older(database, SCHEMA_VERSION - 1)
    assert published(database) == {}
    _publish(database, "new", ENTRIES[:1])
    snapshot = Snapshot(database)
    assert list(snapshot.dictionaries) == ["vi-en", "bundled", "new"]
    assert [stored.entry() for stored in snapshot.all_entries("vi-en")] == list(ENTRIES)
    assert [row.headword for row in snapshot.find(["tu 7"])] == ["từ 7"]
    assert published(database)["bundled"].bundled == "digest"


def test_a_newer_schema_is_refused(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.commit()
    before = database.read_bytes()
    with pytest.raises(StorageError, match="newer dictsvc; nothing was changed"):
        _publish(database)
    assert database.read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "zeros"])
def test_a_damaged_file_is_kept_aside(database: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    data = database.read_bytes()
    damaged = data[: len(data) // 2] if damage == "cut" else bytes(len(data))
    database.write_bytes(damaged)
    with caplog.at_level(logging.WARNING):
        _publish(database, "new")
    (aside,) = _leftovers(database)
    assert (database.parent / aside).read_bytes() == damaged
    assert "load its dictionaries again" in caplog.text
    assert list(Snapshot(database).dictionaries) == ["new"]


@pytest.mark.parametrize("content", [b"My notes, which nobody else has.", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="no dictionary database; nothing was changed"):
        _publish(path)
    assert path.read_bytes() == content


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "firefox.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks(url)")
    with pytest.raises(StorageError, match="no dictionary database"):
        _publish(path)


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "dictsvc.sqlite3"
    path.touch()
    _publish(path)
    assert list(Snapshot(path).dictionaries) == ["vi-en"]


# 3. what goes wrong


@contextlib.contextmanager
def _unchanged(database: Path) -> Iterator[None]:
    before = database.read_bytes()
    yield
    assert database.read_bytes() == before
    assert _leftovers(database) == []


def test_an_error_on_the_way(database: Path) -> None:
    def entries() -> Iterator[Entry]:
        yield ENTRIES[0]
        raise KeyError

    with _unchanged(database), pytest.raises(KeyError), publishing(database) as work:
        work.replace(_dictionary("a"), entries())


def test_a_new_file_that_comes_out_damaged(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(path: Path) -> sqlite3.Connection:
        if path.name.endswith(".new"):
            path.write_bytes(path.read_bytes()[:20_000])
        return opened(path)

    opened = open_read_only
    monkeypatch.setattr(inspection, "open_read_only", cut_short)
    with _unchanged(database), pytest.raises(StorageError, match=r"nothing was changed|cannot be written"):
        _publish(database, "a")


def _publish_within(database: Path, most_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    try:
        _publish(
            database, "a", tuple(Entry(f"mục {n}", senses=(Sense(gloss=f"gloss {n} " * 20),)) for n in range(20_000))
        )
    except StorageError as error:
        (database.parent.parent / "error").write_text(str(error), encoding="utf-8")


@pytest.mark.parametrize("room", [30_000, 200_000, 2_000_000])
def test_a_full_disk(database: Path, room: int) -> None:
    with _unchanged(database):
        process = multiprocessing.get_context("fork").Process(target=_publish_within, args=(database, room))
        process.start()
        process.join(60)
        assert process.exitcode == 0
    said = (database.parent.parent / "error").read_text(encoding="utf-8")
    assert said == f"The disk of {database.parent} is full; nothing was changed. Make room and try again."


def _publish_as_nobody(database: Path) -> None:
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        _publish(database, "a")
    except StorageError as error:
        print(error, flush=True)
        os._exit(3 if "cannot be written" in str(error) and "DICTSVC_DATABASE" in str(error) else 4)


def test_a_folder_that_may_not_be_written(database: Path) -> None:
    folder = database.parent
    for above in (folder, *folder.parents[:3]):
        above.chmod(above.stat().st_mode | 0o755)
    folder.chmod(0o555)
    try:
        with _unchanged(database):
            process = multiprocessing.get_context("fork").Process(target=_publish_as_nobody, args=(database,))
            process.start()
            process.join(60)
            assert process.exitcode == 3
    finally:
        folder.chmod(0o755)


_SLOWLY = """
import sys, time
from pathlib import Path
from dictsvc.model import Dictionary, Entry, Sense
from dictsvc.storage import publisher
from dictsvc.storage.builder import DatabaseBuilder

moment, database = sys.argv[1], Path(sys.argv[2])

def pause(*_):
    print(moment, flush=True)
    time.sleep(60)

def entries():
    for number in range(5000):
        yield Entry(f"mục {number}", senses=(Sense(gloss="gloss"),))
    if moment == "writing":
        pause()

if moment == "sealed":
    publisher._swap = pause
if moment == "copied":
    DatabaseBuilder.dictionaries, real = pause, DatabaseBuilder.dictionaries
with publisher.publishing(database) as work:
    work.replace(Dictionary(id="a", title="a", source_language="vi", target_language="en"), entries())
"""


@pytest.mark.parametrize("moment", ["copied", "writing", "sealed"])
def test_a_killed_process(database: Path, moment: str) -> None:
    before = database.read_bytes()
    command = [sys.executable, "-c", _SLOWLY, moment, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == moment
        assert _leftovers(database), "it was killed before it had begun"
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert database.read_bytes() == before
    assert list(Snapshot(database).dictionaries) == ["vi-en"]
    _publish(database, "b")
    assert _leftovers(database) == []
    assert list(Snapshot(database).dictionaries) == ["vi-en", "b"]


# 4. one at a time


def _hold(database: Path, ready: str, release: str) -> None:
    with publishing(database) as work:
        work.replace(_dictionary("held"), ENTRIES[:2])
        Path(ready).touch()
        while not Path(release).exists():
            time.sleep(0.01)


@pytest.fixture
def holder(database: Path, tmp_path: Path) -> Iterator[multiprocessing.process.BaseProcess]:
    ready, release = tmp_path / "ready", tmp_path / "release"
    process = multiprocessing.get_context("fork").Process(target=_hold, args=(database, str(ready), str(release)))
    process.start()
    deadline = time.monotonic() + 30
    while not ready.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    yield process
    release.touch()
    process.join(30)


def test_the_second_names_the_first(database: Path, holder: multiprocessing.process.BaseProcess) -> None:
    with pytest.raises(StorageError, match=rf"\(process {holder.pid}\)"), publishing(database, wait=False):
        pass


def test_the_second_waits_for_the_first(
    database: Path, holder: multiprocessing.process.BaseProcess, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    waiter = multiprocessing.get_context("fork").Process(target=_publish, args=(database, "second"))
    waiter.start()
    time.sleep(0.3)
    assert waiter.is_alive()
    (tmp_path / "release").touch()
    waiter.join(30)
    holder.join(30)
    assert list(Snapshot(database).dictionaries) == ["vi-en", "held", "second"]


def test_a_lock_that_a_dead_process_left_is_free(database: Path) -> None:
    lock = database.with_name(database.name + ".lock")
    lock.write_text("99999", encoding="ascii")
    with publishing(database, wait=False):
        pass
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# what it costs


def test_sizes_of_the_parts(database: Path) -> None:
    parts = {part.table: part for part in part_sizes(database)}
    assert parts["entry"].bytes > 0
    assert parts["gloss"].bytes > 0
    assert sum(part.bytes for part in parts.values()) <= database.stat().st_size


def test_a_damaged_file_is_not_whole(database: Path) -> None:
    assert fault_of(database) == ""
    data = bytearray(database.read_bytes())
    data[8192:12288] = bytes(4096)
    database.write_bytes(data)
    assert fault_of(database)
