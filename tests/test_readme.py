"""README.md is true: every command, route, variable, link and JSON example in it is tried.

`python -m tests.test_readme` writes the JSON examples anew from what the service answers.
"""

from __future__ import annotations

import re
import shlex
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from dictsvc.cli.main import command
from dictsvc.config import Config, settings
from dictsvc.loading import load_bundled
from tests.conftest import ROOT, make_app

README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VARIES = ("generation", "score")
"""Members whose values change with every edit of a bundled dictionary or of the ranking."""
_NOT_RUN = ("pip ", "pipx ", "docker ", "sudo ", "apt ", "git ", "cd ", "export ", "eval ")
"""Commands that change the machine: only their syntax is looked at."""
_INTERNAL = frozenset({"/static/<path:filename>", "/demo/portal.css"})


def text() -> str:
    return README.read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return [body for language, body in _BLOCK.findall(text()) if language == kind]


def commands() -> list[str]:
    lines = [line.split("  #")[0].strip() for body in blocks("sh") for line in body.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def _stardict(path: Path) -> None:
    words = [("avocat", "luật sư"), ("loi", "luật")]
    data = "".join(gloss for _, gloss in words).encode()
    index, place = b"", 0
    for word, gloss in words:
        size = len(gloss.encode())
        index += word.encode() + b"\0" + struct.pack(">II", place, size)
        place += size
    path.write_text(
        f"StarDict's dict ifo file\nversion=2.4.2\nbookname=Mẫu\nwordcount={len(words)}\n"
        f"idxfilesize={len(index)}\nsametypesequence=m\n",
        "utf-8",
    )
    path.with_suffix(".idx").write_bytes(index)
    path.with_suffix(".dict").write_bytes(data)


SAMPLES: dict[str, Callable[[Path], object]] = {
    ".txt": lambda path: path.write_text("@luật\n* danh từ\n- law\n\n@nhà\n* danh từ\n- house\n", "utf-8"),
    ".ifo": _stardict,
    ".tab": lambda path: path.write_text("nhà\tmaison\nluật\tloi\n", "utf-8"),
    ".tsv": lambda path: path.write_text("headword\tgloss\nnhà\thouse\n", "utf-8"),
    ".csv": lambda path: path.write_text("headword,gloss\nnhà,house\n", "utf-8"),
}
"""Small files of the kinds that README loads, by how their names end."""


@pytest.fixture(scope="module")
def database(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled dictionaries, to be changed by README's commands."""
    return Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("readme")))


@pytest.fixture(scope="module")
def readme_client(database: Path) -> FlaskClient:
    return make_app(database, demo=True).test_client()


def asked(client: FlaskClient, line: str) -> Any:
    """The answer to a curl command."""
    words = shlex.split(line)[1:]
    method, headers, data, url = "GET", {}, None, ""
    while words:
        word = words.pop(0)
        if word in ("-d", "--data"):
            method, data = "POST", words.pop(0)
        elif word in ("-H", "--header"):
            name, _, value = words.pop(0).partition(":")
            headers[name] = value.strip()
        elif word in ("-X", "--request"):
            method = words.pop(0)
        elif not word.startswith("-"):
            url = word
    parts = urlsplit(url)
    assert parts.netloc == "127.0.0.1:8000", line
    return client.open(f"{parts.path}?{parts.query}", method=method, headers=headers, data=data)


def test_there_are_commands_and_examples() -> None:
    assert len(commands()) > 5
    assert len(blocks("json")) >= 1


def test_every_command_runs(database: Path, readme_client: FlaskClient, tmp_path: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        patch.setenv("DICTSVC_DATABASE", str(database))
        for line in commands():
            if line.startswith("make "):
                assert set(line.split()[1:]) <= targets, line
            elif line.startswith("curl "):
                assert asked(readme_client, line).status_code < 500, line
            elif line.startswith("dictsvc "):
                _run(line, tmp_path)
            else:
                assert line.startswith(_NOT_RUN), f"no way to try {line!r}"
                subprocess.run(["bash", "-n", "-c", line], check=True)


def _run(line: str, folder: Path) -> None:
    words = shlex.split(line)[1:]
    if words[0] == "serve" and "--help" not in words:
        words.append("--help")
    if words[0] == "load":
        for name in (word for word in words if Path(word).suffix in SAMPLES):
            SAMPLES[Path(name).suffix](folder / name)
    if words[0] == "install":
        words = ["install", "--help"]
    done = CliRunner().invoke(command, words)
    # what `check` finds in dictionaries that are still being written is no fault of README
    allowed = (0, 1) if words[0] == "check" else (0,)
    assert done.exit_code in allowed and isinstance(done.exception, SystemExit | None), (
        f"{line}: {done.output} {done.exception!r}"
    )


def examples() -> list[tuple[str, str]]:
    """Each curl command that an example of its answer follows directly, with that example."""
    found = re.findall(r"^```sh\n(curl [^\n]*)\n```\n\n```json\n(.*?)^```$", text(), re.MULTILINE | re.DOTALL)
    return [(line, example) for line, example in found]


def constant(value: Any) -> Any:
    """A JSON value without the members that vary."""
    if isinstance(value, dict):
        return {name: constant(member) for name, member in value.items() if name not in _VARIES}
    return [constant(item) for item in value] if isinstance(value, list) else value


def test_json_examples_are_what_the_service_answers(readme_client: FlaskClient) -> None:
    assert len(examples()) == len(blocks("json"))
    for line, example in examples():
        answer = msgspec.json.decode(asked(readme_client, line).data)
        assert constant(msgspec.json.decode(example)) == constant(answer), line


def test_every_route_is_there_and_none_is_left_out(readme_client: FlaskClient) -> None:
    served = {rule.rule for rule in readme_client.application.url_map.iter_rules()} - _INTERNAL
    named = {path.partition("?")[0] for path in re.findall(r"`(?:GET|POST) (/[^`\s]*)`", text())}
    normal = {re.sub("<[^>]*>", "<>", path) for path in served}
    assert {re.sub("<[^>]*>", "<>", path) for path in named} <= normal
    assert {path for path in normal if path != "/demo"} <= {re.sub("<[^>]*>", "<>", path) for path in named}


def test_every_variable_is_there_with_its_default() -> None:
    known = {setting.variable: setting for setting in settings()}
    named = set(re.findall(r"DICTSVC_[A-Z_]+[A-Z]", text()))
    assert named - {"DICTSVC_SHARED"} <= set(known)
    assert set(known) <= named
    defaults = Config(database=Path("x"))
    for variable, default in re.findall(r"^\| `(DICTSVC_\w+)` \| `([^`]*)` \|", text(), re.MULTILINE):
        if variable != "DICTSVC_DATABASE":
            value = getattr(defaults, known[variable].name)
            assert default == str(int(value) if isinstance(value, bool) else value), variable


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text())
    assert links
    for link in links:
        assert link.startswith("http") or (ROOT / link).exists(), link


def rewrite() -> None:
    """Write the JSON examples anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dictsvc.sqlite3"
        load_bundled(path)
        client = make_app(path).test_client()
        renewed = text()
        for line, example in examples():
            answer = msgspec.json.format(asked(client, line).data, indent=2).decode()
            renewed = renewed.replace(example, answer + "\n")
    README.write_text(renewed, "utf-8")


if __name__ == "__main__":
    rewrite()
