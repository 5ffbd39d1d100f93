"""Full dictionaries in one command: fetched from a local server that fails in every way a server can.

What fails is one clear sentence, and leaves the dictionaries that were there as they were.
"""

from __future__ import annotations

import hashlib
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dictsvc import loading
from dictsvc.errors import SourceError, UsageError
from dictsvc.loading import LoadRequest, fetch, install_requests, load
from dictsvc.model import LoadReport
from dictsvc.sources import catalog as catalog_module
from dictsvc.sources import download
from dictsvc.sources.catalog import Catalog, Download, Offer, catalog
from dictsvc.sources.download import Fetching, file_name
from dictsvc.storage.snapshot import Snapshot
from tests.conftest import FIXTURES
from tests.waits import ANSWER_SECONDS

CAT = "headword\tgloss\ncat\tmèo\n".encode() * 1
DOG = f"headword\tgloss\ndog\t{'chó ' * 100}\n".encode()
"""So long that sending it byte by byte takes more than a minute."""

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


class _Server:
    """Serves files, each as it is or by the answer that was set for it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                content = outer.files.get(self.path)
                if content is None:
                    self.send_error(404)
                    return
                try:
                    outer.answers.get(self.path, _whole)(self, content)
                except OSError:  # the client went away, as it was to
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def download(self, path: str, content: bytes) -> Download:
        self.files[path] = content
        return Download(url=self.url + path, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))


def _whole(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    _begin(handler, len(content))
    handler.wfile.write(content)


def _begin(handler: BaseHTTPRequestHandler, size: int | None) -> None:
    handler.send_response(200)
    if size is not None:
        handler.send_header("Content-Length", str(size))
    handler.end_headers()


def _status(status: int) -> Answer:
    return lambda handler, _: handler.send_error(status)


def _other(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    _whole(handler, content[::-1])


def _short(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    _begin(handler, len(content) - 4)
    handler.wfile.write(content[:-4])


def _broken_off(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    _begin(handler, len(content))
    handler.wfile.write(content[:-4])
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


def _endless(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    _begin(handler, None)
    for _ in range(1 << 16):
        handler.wfile.write(content * 1000)


def _dripping(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    _begin(handler, len(content))
    for number in range(len(content)):
        handler.wfile.write(content[number : number + 1])
        handler.wfile.flush()
        time.sleep(0.2)


def _silent(handler: BaseHTTPRequestHandler, _content: bytes) -> None:
    time.sleep(100)


@pytest.fixture
def server() -> Iterator[_Server]:
    server = _Server()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()
    thread.join(10)


@pytest.fixture
def offered(server: _Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, Offer]:
    offers = {
        name: Offer(
            title=f"The {name}",
            source_language="en",
            target_language="vi",
            licence="CC0-1.0",
            downloads=(server.download(f"/{name}/{name}.tsv", content),),
        )
        for name, content in (("cat", CAT), ("dog", DOG))
    }
    offers |= {"vi-en": Offer(title="Full", source_language="vi", target_language="en", licence="", downloads=())}
    made = Catalog(bundled=catalog().bundled, available=offers)
    monkeypatch.setattr(loading, "catalog", lambda: made)
    return offers


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "dictsvc.sqlite3"
    load(path, [LoadRequest(path=FIXTURES / "vi-en.tsv", id="there")])
    return path


def _install(database: Path, *identifiers: str, **how: object) -> list[LoadReport]:
    fetching = Fetching(**({"cache": database.parent / "downloads"} | how))  # type: ignore[arg-type]
    return load(database, install_requests(fetch(identifiers, fetching)))


def test_several_are_published_once(database: Path, offered: dict[str, Offer]) -> None:
    before = Snapshot(database)
    cat, dog = _install(database, "cat", "dog")
    after = Snapshot(database)
    assert (cat.dictionary.title, cat.dictionary.licence, dog.kept) == ("The cat", "CC0-1.0", 1)
    assert list(after.dictionaries) == ["there", "cat", "dog"]
    assert after.generation != before.generation
    assert not any(report.changed for report in _install(database, "cat", "dog"))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (_status(404), r"answers 404 Not Found; nothing was changed"),
        (_status(500), r"answers 500 Internal Server Error; nothing was changed"),
        (_other, r"SHA-256 differs\); nothing was changed"),
        (_short, r"ended after \d+ of \d+ bytes; nothing was changed"),
        (_broken_off, r"(connection to 127\.0\.0\.1 was lost|ended after)"),
        (_endless, r"sends more than the promised \d+ bytes; nothing was changed"),
        (_dripping, r"did not come within 2 s; nothing was changed"),
        (_silent, r"(does not answer|did not come within)"),
    ],
)
def test_faults(database: Path, server: _Server, offered: dict[str, Offer], answer: Answer, sentence: str) -> None:
    before = database.read_bytes()
    server.answers["/dog/dog.tsv"] = answer
    start = time.monotonic()
    with pytest.raises(SourceError, match=sentence) as raised:
        _install(database, "cat", "dog", time_limit=2.0)
    assert time.monotonic() - start < ANSWER_SECONDS, "less than what drips or is silent takes"
    assert "\n" not in str(raised.value)
    assert database.read_bytes() == before
    del server.answers["/dog/dog.tsv"]
    server.asked.clear()
    _install(database, "cat", "dog")
    assert server.asked == ["/dog/dog.tsv"], "what had come whole was to be kept"
    assert list(Snapshot(database).dictionaries) == ["there", "cat", "dog"]


def test_nobody_listens(database: Path, server: _Server, offered: dict[str, Offer]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mirror = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(SourceError, match=r"connection to 127\.0\.0\.1 was lost"):
        _install(database, "cat", mirror=mirror)


def test_a_mirror(database: Path, server: _Server, offered: dict[str, Offer]) -> None:
    server.files["/mirror/cat/cat.tsv"] = CAT
    _install(database, "cat", mirror=f"{server.url}/mirror/")
    assert server.asked == ["/mirror/cat/cat.tsv"]
    with pytest.raises(SourceError, match="is no web address"):
        _install(database, "dog", mirror="file:///etc")


def test_a_folder_of_files_downloaded_elsewhere(
    database: Path, server: _Server, offered: dict[str, Offer], tmp_path: Path
) -> None:
    folder = tmp_path / "usb" / "deep"
    folder.mkdir(parents=True)
    (folder / "cat.tsv").write_bytes(CAT)
    (folder / "dog.tsv").write_bytes(DOG[::-1])
    _install(database, "cat", folder=tmp_path / "usb")
    assert "cat" in Snapshot(database).dictionaries
    with pytest.raises(SourceError, match=r"holds no dog\.tsv of \d+ bytes with the promised SHA-256; download http"):
        _install(database, "dog", folder=tmp_path / "usb")
    with pytest.raises(SourceError, match="is no folder"):
        _install(database, "dog", folder=tmp_path / "nowhere")
    assert server.asked == []


def test_an_unknown_id(database: Path, offered: dict[str, Offer]) -> None:
    with pytest.raises(UsageError, match="The catalog has no 'mouse'; it has cat, dog, vi-en"):
        _install(database, "mouse")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://x/a/b.ifo", "b.ifo"),
        ("http://x/a/b%20c.ifo?q=1#f", "b c.ifo"),
        ("http://x/a/..%2f..%2fetc%2fpasswd", "passwd"),
        ("http://x/../../etc/passwd", "passwd"),
    ],
)
def test_names_of_files_stay_in_their_folder(url: str, name: str) -> None:
    assert file_name(Download(url=url, sha256="", bytes=0)) == name


@pytest.mark.parametrize("url", ["http://x/", "http://x/a/..", "http://x", "http://x/a%5Cb"])
def test_addresses_that_name_no_file(url: str) -> None:
    with pytest.raises(SourceError, match="names no file"):
        file_name(Download(url=url, sha256="", bytes=0))


def test_replacing_a_bundled_one_and_removing_it_brings_it_back(bundled_database: Path, tmp_path: Path) -> None:
    database = Path(shutil.copy(bundled_database, tmp_path))
    bundled = Snapshot(database)
    assert loading.load_bundled(database) == []
    (report,) = load(database, [LoadRequest(path=FIXTURES / "vi-en.tsv", id="vi-en", title="Mine")])
    assert (report.replaced, report.changed) == (True, True)
    assert loading.load_bundled(database) == [], "what was loaded by hand is left alone"
    assert Snapshot(database).dictionaries["vi-en"].title == "Mine"
    assert loading.remove(database, "vi-en")
    after = Snapshot(database)
    assert after.dictionaries["vi-en"] == bundled.dictionaries["vi-en"]
    assert after.generation == bundled.generation


def test_the_real_catalog_is_complete() -> None:
    offers = catalog_module.catalog().available
    assert {"en-vi", "vi-en", "fr-vi", "vi-fr"} <= offers.keys()
    for offer in offers.values():
        assert offer.licence
        assert offer.description
        assert offer.downloads
        for file in offer.downloads:
            assert len(file.sha256) == 64
            assert file.bytes > 0
            assert download.file_name(file)


@pytest.mark.shared
def test_the_catalog_s_files_are_those_of_the_corpus(tmp_path: Path, shared: Path) -> None:
    offers = catalog_module.catalog().available
    fetching = Fetching(cache=tmp_path / "downloads", folder=shared / "corpus")
    files = fetch(tuple(offers), fetching)
    assert files.keys() == offers.keys()
    (report,) = load(tmp_path / "dictsvc.sqlite3", install_requests({"vi-en-fvdp": files["vi-en-fvdp"]}))
    assert report.kept > 23_000
