"""Fetching the files of the catalog: from their addresses, a mirror or a folder, and no other bytes than promised."""

import logging
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.sources.catalog import Download, Offer

TIME_LIMIT = 900.0
"""Seconds that all downloads of a command may take together: 20 MB at 25 KB/s."""
_CONNECT_SECONDS, _SILENCE_SECONDS = 15.0, 30.0
_CHUNK = 1 << 16

FetchProgress = Callable[[str, int, int], None]
"""Called with (name, done, total) as work proceeds: the file's name, bytes so far, and how many there are."""


def _silent(_name: str, _had: int, _all: int) -> None:
    pass


class Fetching(Struct, frozen=True, kw_only=True):
    """From where files are fetched, and where they are kept."""

    cache: Path
    """Folder of the files fetched so far; a command that was interrupted goes on with those that are whole."""
    mirror: str = ""
    """Base URL under which `ID/FILE` lies; empty for the catalog's own addresses."""
    folder: Path | None = None
    """Folder that holds the files, at any depth; then nothing is fetched from anywhere else."""
    time_limit: float = TIME_LIMIT
    """Seconds for all files together."""
    progress: FetchProgress = _silent


def download_all(offers: Mapping[str, Offer], fetching: Fetching) -> dict[str, Path]:
    """The files of these dictionaries, whole and with the promised digests: by id the first file of each.

    Raises `SourceError` in one sentence where one cannot be had.
    """
    deadline = time.monotonic() + fetching.time_limit
    found = {}
    for identifier, offer in offers.items():
        directory = fetching.cache / identifier
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(f"{directory} cannot be made: {error.strerror}.") from error
        files = [_file(identifier, download, directory, fetching, deadline) for download in offer.downloads]
        found[identifier] = files[0]
    return found


def file_name(download: Download) -> str:
    """The name of a download's file: the end of its address, which never leads out of a folder."""
    name = PurePosixPath(unquote(urlsplit(download.url).path)).name
    if name in ("", ".", "..") or "\\" in name or "\0" in name:
        raise SourceError(f"The catalog is damaged: {download.url!r} names no file.")
    return name


def _file(identifier: str, download: Download, directory: Path, fetching: Fetching, deadline: float) -> Path:
    import pooch  # brings requests with it, which takes 0.2 s  # noqa: PLC0415

    name = file_name(download)
    if fetching.folder is not None:
        return _copied(name, download, directory, fetching.folder)
    if fetching.mirror and urlsplit(fetching.mirror).scheme not in ("http", "https"):
        raise SourceError(f"The mirror {fetching.mirror!r} is no web address (http:// or https://).")
    url = f"{fetching.mirror.rstrip('/')}/{quote(identifier)}/{quote(name)}" if fetching.mirror else download.url
    pooch.get_logger().setLevel(logging.CRITICAL)
    fetch = _Fetch(name, download.bytes, deadline, fetching)
    try:
        path = pooch.retrieve(url, f"sha256:{download.sha256}", fname=name, path=directory, downloader=fetch)
    except ValueError as error:  # pooch's word for a digest that is not the known one
        raise SourceError(f"{url} does not hold the promised file (SHA-256 differs); nothing was changed.") from error
    except OSError as error:
        raise SourceError(f"{directory} cannot be written: {error.strerror or 'check the disk'}.") from error
    return Path(path)


def _copied(name: str, download: Download, directory: Path, folder: Path) -> Path:
    """The file from a folder of files downloaded elsewhere, wherever in it the file lies."""
    import pooch  # noqa: PLC0415

    if not folder.is_dir():
        raise SourceError(f"{folder} is no folder.")
    sized = [path for path in sorted(folder.rglob(name)) if path.is_file() and path.stat().st_size == download.bytes]
    for path in sized:
        if pooch.file_hash(str(path)) == download.sha256:
            return Path(shutil.copyfile(path, directory / name))
    raise SourceError(
        f"{folder} holds no {name} of {download.bytes:,} bytes with the promised SHA-256; download {download.url}"
    )


class _Fetch:
    """Downloads one file for pooch, within its size and the time that is left."""

    def __init__(self, name: str, size: int, deadline: float, fetching: Fetching) -> None:
        self._name = name
        self._size = size
        self._deadline = deadline
        self._fetching = fetching

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        import requests  # noqa: PLC0415
        import urllib3  # noqa: PLC0415

        host = urlsplit(url).hostname
        try:
            with requests.get(
                url,
                stream=True,
                timeout=(min(_CONNECT_SECONDS, self._left()), min(_SILENCE_SECONDS, self._left())),
                headers={"Accept-Encoding": "identity"},
            ) as response:
                if not response.ok:
                    raise SourceError(f"{url} answers {response.status_code} {response.reason}; nothing was changed.")
                with Path(output_file).open("wb") as file:
                    self._read(response.raw, file.write, url)
        except requests.Timeout as error:
            raise SourceError(f"{host} does not answer; nothing was changed. Try again, or set a mirror.") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise SourceError(f"The connection to {host} was lost; nothing was changed. Try again.") from error

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            limit = self._fetching.time_limit
            raise SourceError(f"{self._name} did not come within {limit:,.0f} s; nothing was changed. Try again.")
        return left

    def _read(self, stream: object, write: Callable[[bytes], object], url: str) -> None:
        had = 0
        while piece := stream.read1(_CHUNK):  # type: ignore[attr-defined]  # what has come, without waiting for more
            had += len(piece)
            if had > self._size:
                raise SourceError(f"{url} sends more than the promised {self._size:,} bytes; nothing was changed.")
            write(piece)
            self._fetching.progress(self._name, had, self._size)
            self._left()
        if had < self._size:
            raise SourceError(f"{url} ended after {had:,} of {self._size:,} bytes; nothing was changed. Try again.")
