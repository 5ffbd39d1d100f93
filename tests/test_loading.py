"""The load journey: reports, strict and dry runs, export, and replacing under the eyes of readers.

1. A report counts every record once: kept, merged or skipped.
2. A strict run that finds a problem, and a dry run, change nothing.
3. What is exported and loaded again gives the same entries and the same generation.
4. Readers of a live_snapshot never fail and never see two generations in one answer while dictionaries come and go.
5. Old files are let go with their last reader.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from dictsvc.errors import SourceError, UnknownDictionaryError, UsageError
from dictsvc.loading import LoadRequest, StrictError, exported, load, remove, report_json
from dictsvc.model import LoadReport
from dictsvc.storage.live_snapshot import LiveSnapshot
from dictsvc.storage.snapshot import Snapshot
from tests.conftest import FIXTURES

FAULTY = "má\t-mère\nmá\t-mère\nno tab\nlone\t\nmá\t-joue\n"


@pytest.fixture
def faulty(tmp_path: Path) -> LoadRequest:
    path = tmp_path / "vi-fr.tab"
    path.write_text(FAULTY, encoding="utf-8")
    return LoadRequest(path=path)


def _tab(folder: Path, name: str, word: str, count: int) -> Path:
    path = folder / name
    path.write_text("".join(f"từ {n}\t-{word} {n}\n" for n in range(count)), encoding="utf-8")
    return path


def test_a_report_counts_every_record_once(tmp_path: Path, faulty: LoadRequest) -> None:
    (report,) = load(tmp_path / "d.sqlite3", [faulty])
    assert (report.read, report.kept, report.merged, report.skipped) == (5, 3, 1, 1)
    assert report.read == report.kept + report.merged + report.skipped
    assert report.problems == {"no-tab": 1, "empty-body": 1}
    assert report.places["no-tab"] == ["line 3: no tab between headword and body: 'no tab'"]
    assert report.dictionary.entry_count == 3
    assert (report.dictionary.id, report.replaced, report.changed) == ("vi-fr", False, True)
    assert msgspec.json.decode(report_json([report]), type=list[LoadReport]) == [report]


def test_a_strict_run_changes_nothing_and_says_why(tmp_path: Path, faulty: LoadRequest) -> None:
    database = tmp_path / "d.sqlite3"
    load(database, [LoadRequest(path=FIXTURES / "vi-en.tsv")], strict=True)
    before = database.read_bytes()
    with pytest.raises(
        StrictError, match=r"problems \(vi-fr 2\) and --strict was given; nothing was changed"
    ) as raised:
        load(database, [faulty], strict=True)
    assert raised.value.reports[0].problems == {"no-tab": 1, "empty-body": 1}
    assert database.read_bytes() == before


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path: Path, faulty: LoadRequest) -> None:
    database = tmp_path / "new" / "d.sqlite3"
    (tried,) = load(database, [faulty], dry_run=True)
    assert not database.parent.exists()
    (done,) = load(database, [faulty])
    assert msgspec.structs.replace(tried, seconds=0) == msgspec.structs.replace(done, seconds=0)
    (again,) = load(database, [faulty], dry_run=True)
    assert (again.replaced, again.changed) == (True, False)


def test_two_files_cannot_be_the_same_dictionary(tmp_path: Path) -> None:
    requests = [LoadRequest(path=_tab(tmp_path, f"{name}-vi-en.tab", name, 3)) for name in ("a", "b")]
    with pytest.raises(UsageError, match=r"b-vi-en\.tab would replace the vi-en just read; load it alone, with --id"):
        load(tmp_path / "d.sqlite3", requests)
    assert not (tmp_path / "d.sqlite3").exists()


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ({"id": "Anh Việt"}, "an id has small letters, digits and hyphens"),
        ({"source_language": "Klingonese!"}, "--source is 'Klingonese!'; it must be a language's code"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, request_: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        load(tmp_path / "d.sqlite3", [LoadRequest(path=_tab(tmp_path, "vi-en.tab", "x", 2), **request_)])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a\tb\n", "does not say its languages; give --source and --target"),
        ("\tb\n\tc\n", r"holds no entry that can be read \(line 1: the record has no headword\)"),
    ],
)
def test_what_cannot_be_loaded(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "book.tab"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=sentence):
        load(tmp_path / "d.sqlite3", [LoadRequest(path=path)])


def test_export_and_load_again(tmp_path: Path) -> None:
    first, second = tmp_path / "a.sqlite3", tmp_path / "b.sqlite3"
    load(first, [LoadRequest(path=FIXTURES / "vi-en.tsv"), LoadRequest(path=FIXTURES / "en-vi.tsv")])
    requests = []
    for identifier in Snapshot(first).dictionaries:
        path = tmp_path / f"{identifier}.tsv"
        path.write_text("".join(line + "\n" for line in exported(first, identifier)), encoding="utf-8")
        requests.append(LoadRequest(path=path, id=identifier))
    load(second, requests)
    assert Snapshot(second).generation == Snapshot(first).generation
    with pytest.raises(UnknownDictionaryError, match="no dictionary 'zz'; loaded are vi-en, en-vi"):
        exported(first, "zz")


def _open_files(name: str) -> list[str]:
    links = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # it was closed meanwhile
            links.append(str(link.readlink()))
    return [link for link in links if name in link]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads /proc")
def test_readers_see_one_generation_at_a_time_and_never_fail(tmp_path: Path) -> None:
    database = tmp_path / "swapped.sqlite3"
    files = [_tab(tmp_path, f"{word}.tab", word, 400) for word in ("one", "two")]
    asked = {"source_language": "vi", "target_language": "en"}
    load(database, [LoadRequest(path=files[0], id="vi-en", **asked)])
    live_snapshot: LiveSnapshot[Snapshot] = LiveSnapshot(database, lambda snapshot: snapshot)
    live_snapshot.watch()
    stop, failures, seen = threading.Event(), [], set()

    def look(snapshot: Snapshot) -> None:
        rows = [snapshot.find([f"tu {n}"])[0] for n in range(0, 400, 40)]
        glosses = {
            entry.entry().senses[0].gloss.split()[0] for entry in snapshot.entries([row.entry_id for row in rows])
        }
        assert len(rows) == 10
        assert len(glosses) == 1, glosses
        seen.add((snapshot.generation, glosses.pop()))

    def read() -> None:
        while not stop.is_set():
            try:
                live_snapshot.read(look)
            except Exception as error:  # whatever it is, it is a failure
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    noticed = []
    for turn in range(6):
        load(database, [LoadRequest(path=files[(turn + 1) % 2], id="vi-en", **asked)])
        generation, start = Snapshot(database).generation, time.monotonic()
        while live_snapshot.present().generation != generation and time.monotonic() - start < 5:
            time.sleep(0.01)
        noticed.append(time.monotonic() - start)
    remove(database, "nowhere")
    stop.set()
    for reader in readers:
        reader.join(10)
    live_snapshot.close()
    assert failures == []
    assert {word for _, word in seen} == {"one", "two"}
    assert len(seen) == 2, "each generation goes with one content"
    assert max(noticed) < 1
    assert [link for link in _open_files("swapped.sqlite3") if "deleted" in link] == []
