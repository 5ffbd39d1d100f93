"""What portals and browsers fetch to have the box: the script, the frame, the demo, the description, the docs."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dictsvc import messages
from dictsvc.messages import LANGUAGES
from tests.conftest import ROOT, make_app
from tests.web.markup import page_of, text, texts, values

_MOST_BYTES = 12_000
_OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_the_script_is_one_small_file_that_caches_keep(client: FlaskClient) -> None:
    response = client.get("/widget.js")
    assert response.status_code == 200
    assert response.content_type == "text/javascript; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"].startswith("public")
    assert len(gzip.compress(response.data, 9)) <= _MOST_BYTES
    again = client.get("/widget.js", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_script_says_everything_in_both_languages_and_holds_no_markup(client: FlaskClient) -> None:
    script = client.get("/widget.js").text
    for sentence in messages.WIDGET.values():
        for language in LANGUAGES:
            assert f'"{sentence.in_(language)}"' in script
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "import "):
        assert word not in script
    assert not re.search(r"[`'\"]\s*<[a-z]", script), "elements are made, not written"


def test_the_script_can_be_parsed(client: FlaskClient, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is missing; the browser tests run the script")
    file = tmp_path / "widget.js"
    file.write_bytes(client.get("/widget.js").data)
    subprocess.run([node, "--check", file], check=True)


def test_the_style_sheet_may_be_read_from_anywhere_and_fetches_nothing(client: FlaskClient) -> None:
    response = client.get("/static/dictsvc.css")
    assert response.status_code == 200
    assert response.content_type == "text/css; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "@import" not in response.text
    assert "url(" not in response.text


@pytest.mark.parametrize("path", ["/demo", "/demo/", "/demo/portal.css"])
def test_the_demo_is_offered_only_where_it_is_wanted(client: FlaskClient, mini_database: Path, path: str) -> None:
    assert client.get(path).status_code == 404
    wanted = make_app(mini_database, demo=True).test_client()
    assert wanted.get(path, follow_redirects=True).status_code == 200


def test_the_demo_embeds_the_box_of_this_service(mini_database: Path) -> None:
    client = make_app(mini_database, demo=True, public_url="https://tinh.example/tra-tu").test_client()
    page = page_of(client.get("/demo/"))
    assert values(page, "script", "src") == ["https://tinh.example/tra-tu/widget.js"]
    assert len(page.css("script[data-popup]")) == 1
    assert len(page.css("tu-dien")) == 1
    assert "127.0.0.1" not in (page.html or "127.0.0.1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_can_add_the_search(client: FlaskClient, language: str) -> None:
    response = client.get("/opensearch.xml", query_string={"lang": language})
    assert response.content_type == "application/opensearchdescription+xml"
    document = ET.fromstring(response.text)  # noqa: S314  # our own
    assert len(document.findtext("o:ShortName", "", _OPENSEARCH)) <= 16
    templates = {url.attrib["type"]: url.attrib["template"] for url in document.findall("o:Url", _OPENSEARCH)}
    query = client.get(templates["text/html"].replace("{searchTerms}", "nghi+quyet"))
    assert texts(page_of(query), ".td-entry h2") == ["nghị quyết"]
    suggested = client.get(templates["application/x-suggestions+json"].replace("{searchTerms}", "nghi")).get_json()
    assert suggested[:2] == ["nghi", ["nghị quyết"]]
    linked = values(page_of(client.get("/")), "link[rel=search]", "href")
    assert linked == ["http://localhost/opensearch.xml"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_docs_name_every_route_of_the_box(client: FlaskClient, language: str) -> None:
    page = page_of(client.get("/docs", query_string={"lang": language}))
    assert values(page, "html", "lang") == [language]
    headings = texts(page, "h2")
    for route in ("/widget.js", "/widget", "/fragment", "/suggest", "/segment", "/browse", "/opensearch.xml"):
        assert any(heading.endswith(f" {route}") for heading in headings), route
    for link in values(page, "h2 a", "href"):
        assert client.get((link or "").removeprefix("http://localhost")).status_code == 200, link


@pytest.mark.parametrize(
    ("sent", "completed"),
    [
        ("q=nghi", ["nghị quyết"]),
        ("q=nghij", ["nghị quyết"]),
        ("q=m%E1%BB%A5c+%C4%91&limit=1", ["mục đích"]),
        ("q=", []),
        ("q=%20", []),
        ("q=resolutoin", ["resolution"]),
        ("q=run&dict=en-vi", ["run", "running", "run out"]),
    ],
)
def test_completions(client: FlaskClient, sent: str, completed: list[str]) -> None:
    response = client.get(f"/suggest?{sent}")
    assert response.content_type == "application/x-suggestions+json"
    _, headwords, glosses, urls = response.get_json()
    assert headwords[: len(completed)] == completed
    assert bool(headwords) == bool(completed)
    assert len(headwords) == len(glosses) == len(urls)
    for headword, url in zip(headwords, urls, strict=True):
        assert headword in texts(page_of(client.get(url)), ".td-entry h2")


# in alphabetical order


def test_browsing(client: FlaskClient) -> None:
    page = page_of(client.get("/browse"))
    assert text(page, ".td-browse h2") == "Việt–Anh nhỏ"
    assert text(page, ".td-browse header .td-dictionary") == "30 mục từ"
    assert text(page, ".td-start label") == "Bắt đầu từ:"
    headwords = texts(page, ".td-headwords a")
    assert headwords[:9] == ["a-lô", "cơ sở", "do", "đảng", "đảng ủy", "đo", "đỏ", "đó", "đổ"]
    assert not page.css(".td-pages a")
    assert values(page, ".td-headwords", "lang") == ["vi"]
    assert values(page, ".td-headwords a", "href")[4] == "http://localhost/?q=%C4%91%E1%BA%A3ng+%E1%BB%A7y&dict=vi-en"
    assert text(page, ".td-browse .td-credits") == "Nguồn: Việt–Anh nhỏ · CC0-1.0"


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("đ", "đảng"),
        ("Đ", "đảng"),
        ("d", "do"),
        ("ma", "ma"),
        ("mạ", "mạ"),
        ("mb", "mục đích"),
        ("zz", None),
        (" ", "a-lô"),
    ],
)
def test_browsing_from_a_place(client: FlaskClient, start: str, first: str | None) -> None:
    page = page_of(client.get("/browse", query_string={"dict": "vi-en", "from": start}))
    assert (texts(page, ".td-headwords a") or [None])[0] == first  # type: ignore[list-item]
    back = values(page, ".td-pages a[rel=prev]", "href")
    assert len(back) == (0 if first == "a-lô" else 1)
    for url in back:
        assert texts(page_of(client.get(url or "")), ".td-headwords a")[0] == "a-lô"


def test_each_language_has_its_own_alphabet(client: FlaskClient) -> None:
    vietnamese, english = (page_of(client.get(f"/browse?dict={name}&lang=en")) for name in ("vi-en", "en-vi"))
    assert texts(vietnamese, ".td-letters a")[:7] == ["A", "Ă", "Â", "B", "C", "D", "Đ"]
    assert texts(english, ".td-letters a")[:7] == ["A", "B", "C", "D", "E", "F", "G"]
    assert values(english, ".td-letters a", "href")[1] == "http://localhost/browse?dict=en-vi&from=b&lang=en"
    assert texts(english, ".td-headwords a")[0] == "A = B | C"


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("?dict=zz", 404, "Không có từ điển “zz”."),
        ("?from=" + "x" * 201, 400, "Nội dung cần tra dài 201 ký tự; tối đa là 200 ký tự."),
        ("?from=a%00", 400, "Nội dung cần tra có ký tự điều khiển, không tra được."),
        ("?from=%ff", 400, "Địa chỉ không phải là UTF-8 hợp lệ."),
        ("?lang=xx", 400, "Tham số lang không nhận giá trị này; hãy dùng vi hoặc en."),
    ],
)
def test_browsing_where_there_is_nothing(client: FlaskClient, address: str, status: int, sentence: str) -> None:
    assert text(page_of(client.get("/browse" + address), status), ".td-failed") == sentence


def test_the_model_portal_needs_no_inline_script_or_style() -> None:
    seed = (ROOT / "seeds" / "portal.html").read_text("utf-8")
    assert not re.search(r"<script>|<style|\bstyle=|\son\w+=", seed)
