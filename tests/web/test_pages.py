"""The HTML routes as a browser without a script has them: answers, errors, permalinks, reading on.

What a script adds and how it all looks is proved in tests/browser.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dictsvc.match_kinds import MatchKind
from dictsvc.messages import LANGUAGES
from tests.conftest import make_app
from tests.web.markup import page_of, text, texts, values

HTML_ROUTES = ("/", "/fragment", "/widget")
_REASONS = {
    # kind: query, dictionaries, headword, why in Vietnamese, why in English
    MatchKind.EXACT: ("nghị quyết", "", "nghị quyết", [], []),
    MatchKind.SPELLING: ("NGHỊ QUYẾT", "", "nghị quyết", ["cách viết khác"], ["other spelling"]),
    MatchKind.FORM: ("went", "", "go", ["dạng của từ này: went"], ["form of this word: went"]),
    MatchKind.UNACCENTED: ("nghi quyet", "", "nghị quyết", ["gõ thiếu dấu"], ["accents left out"]),
    MatchKind.ACCENTS: ("nghĩ quyết", "", "nghị quyết", ["khác dấu"], ["other accents"]),
    MatchKind.IDIOM: ("go on", "", "go", ["cụm từ trong mục này: go on"], ["phrase in this entry: go on"]),
    MatchKind.COLLOCATION: (
        "high resolution",
        "",
        "resolution",
        ["cụm từ thường dùng: high resolution"],
        ["typical phrase: high resolution"],
    ),
    MatchKind.KEYSTROKES: (
        "nghij quyeets",
        "",
        "nghị quyết",
        ["quên bật hoặc tắt bộ gõ: nghị quyết"],
        ["input method left off or on: nghị quyết"],
    ),
    MatchKind.CHARSET: (
        "nghÞ quyÕt",
        "",
        "nghị quyết",
        ["bảng mã cũ: nghị quyết"],
        ["legacy encoding: nghị quyết"],
    ),
    MatchKind.REGIONAL: ("sử lí", "", "xử lý", ["viết theo phát âm vùng miền"], ["regional spelling"]),
    MatchKind.JOINED: ("hocsinh", "", "học sinh", ["khác dấu cách"], ["other spacing"]),
    MatchKind.TYPO: ("resolutoin", "", "resolution", ["gần giống"], ["similar spelling"]),
    MatchKind.PREFIX: ("nghị q", "", "nghị quyết", ["cùng phần đầu"], ["begins like this"]),
    MatchKind.TRANSLATION: (
        "sailor",
        "vi-en",
        "thủy thủ",
        ["có trong phần giải nghĩa: sailor"],
        ["found in the meaning: sailor"],
    ),
    MatchKind.PART: ("tôi xác định mục đích", "", "xác định", ["một phần của cụm từ"], ["part of the phrase"]),
}


def test_every_kind_of_match_is_among_them() -> None:
    assert set(_REASONS) == set(MatchKind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MatchKind)
def test_why_it_matched(client: FlaskClient, kind: MatchKind, language: str) -> None:
    query, dictionaries, headword, vietnamese, english = _REASONS[kind]
    sent = {"q": query, "dict": dictionaries, "lang": language}
    assert client.get("/lookup", query_string=sent).get_json()["results"][0]["match"]["kind"] == kind
    first = page_of(client.get("/fragment", query_string=sent)).css(".td-entry")[0]
    assert texts(first, "h2") == [headword]
    assert texts(first, ".td-reason") == (vietnamese if language == "vi" else english)


@pytest.mark.parametrize(
    ("query", "dictionaries", "marked"),
    [
        ("nghi quyet", "", ["nghị quyết", "nghị quyết"]),
        ("went", "", ["go", "go", "go"]),
        ("sailor", "vi-en", ["sailor"]),
        ("nghị q", "", ["nghị q", "nghị quyết", "nghị quyết"]),
        ("hocsinh", "", []),
    ],
)
def test_what_matched_is_marked(client: FlaskClient, query: str, dictionaries: str, marked: list[str]) -> None:
    page = page_of(client.get("/fragment", query_string={"q": query, "dict": dictionaries}))
    assert texts(page, "mark") == marked


# the page and its form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_needs_no_script(client: FlaskClient, language: str) -> None:
    sent = {"q": "nghi quyet", "dict": "vi-en", "lang": language}
    page = page_of(client.get("/", query_string=sent))
    form = page.css_first("form[role=search]")
    assert form is not None
    assert (form.attributes["action"], form.attributes["method"]) == ("http://localhost/", "get")
    assert values(form, "input[name=q]", "value") == ["nghi quyet"]
    assert values(form, "option", "value") == ["", "vi-en", "en-vi"]
    assert values(form, "option[selected]", "value") == ["vi-en"]
    assert values(form, "input[name=lang]", "value") == ([] if language == "vi" else ["en"])
    assert values(page, "html", "lang") == [language]
    assert texts(form, "label") == (["Tra từ:", "Từ điển:"] if language == "vi" else ["Look up:", "Dictionary:"])
    assert text(page, "button[type=submit]") == ("Tra" if language == "vi" else "Search")
    assert text(page, "title").startswith("nghi quyet – ")
    assert not page.css("script:not([src])")
    assert not page.css("[style], [onclick]")


def test_several_dictionaries_are_a_choice_of_their_own(client: FlaskClient) -> None:
    page = page_of(client.get("/?q=go&dict=en-vi,vi-en"))
    assert values(page, "option[selected]", "value") == ["en-vi,vi-en"]
    assert texts(page, "option[selected]") == ["Anh–Việt nhỏ + Việt–Anh nhỏ"]


def test_the_other_language_is_the_same_page(client: FlaskClient) -> None:
    page = page_of(client.get("/?q=do&dict=vi-en&limit=2&mode=strict"))
    other = urlsplit(values(page, ".td-other-language", "href")[0] or "")
    assert parse_qs(other.query) == {"q": ["do"], "dict": ["vi-en"], "limit": ["2"], "mode": ["strict"], "lang": ["en"]}
    there = page_of(client.get(f"{other.path}?{other.query}"))
    assert texts(there, ".td-entry h2") == texts(page, ".td-entry h2") == ["do1", "do2"]
    assert text(there, ".td-more") == "Show more (and 5 more)"


def test_before_anything_is_looked_up(client: FlaskClient) -> None:
    for path in ("/", "/?q=", "/?q=%20%E3%80%80", "/widget"):
        page = page_of(client.get(path))
        assert text(page, ".td-message") == "Gõ một từ hoặc cụm từ. Không cần gõ dấu, gõ sai cũng tìm được."
        assert texts(page, ".td-row .td-links a")[:2] == ["nghị quyết", "nghi quyet"]
        assert not page.css(".td-entry, .td-failed, .td-credits")
    assert len(page_of(client.get("/fragment")).css("form.tu-dien-box")) == 1


def test_tips_tell_of_wildcards_and_stand_open_on_the_first_page_only(client: FlaskClient) -> None:
    first, answer = page_of(client.get("/")), page_of(client.get("/?q=do"))
    assert len(first.css(".td-tips[open]")) == 1
    assert len(answer.css(".td-tips:not([open])")) == 1
    assert "h?c" in texts(first, ".td-tips a")


def test_a_frame_holds_the_box_and_the_answer_only(client: FlaskClient) -> None:
    page = page_of(client.get("/widget?q=nghi+quyet&dict=vi-en"))
    assert not page.css("footer, .td-other-language")
    assert values(page, "form.tu-dien-box", "action") == ["http://localhost/widget"]
    assert texts(page, ".td-entry h2") == ["nghị quyết"]
    again = page_of(client.get("/widget?q=do&limit=2"))
    assert values(again, ".td-more a", "href") == ["http://localhost/widget?q=do&limit=50"]


# homographs, suggestions, parts, wildcards


def test_homographs_by_tone(client: FlaskClient) -> None:
    page = page_of(client.get("/fragment?q=do"))
    assert text(page, ".td-homographs h2") == "“do” khi thêm dấu"
    tones = zip(texts(page, ".td-homographs dt"), texts(page, ".td-homographs dd"), strict=True)
    assert list(tones) == [("ngang", "do đo"), ("hỏi", "đỏ đổ"), ("sắc", "đó"), ("nặng", "độ")]
    assert values(page, ".td-homographs dd a", "href")[1] == "http://localhost/?q=%C4%91o"
    english = page_of(client.get("/fragment?q=do&lang=en"))
    assert texts(english, ".td-homographs dt") == ["level", "dipping (hỏi)", "rising (sắc)", "heavy (nặng)"]


@pytest.mark.parametrize(
    "address", ["?q=đo", "?q=nghi+quyet", "?q=go", "?q=do&mode=strict", "?q=do&dict=en-vi", "?q=sim"]
)
def test_where_there_are_no_homographs(client: FlaskClient, address: str) -> None:
    assert not page_of(client.get("/fragment" + address)).css(".td-homographs")


@pytest.mark.parametrize(
    ("address", "shown", "more", "url"),
    [
        ("?q=do&limit=2", 2, ["Xem thêm (và 5 kết quả khác)"], ["http://localhost/?q=do&limit=50"]),
        (
            "?q=do&limit=6&dict=vi-en",
            6,
            ["Xem thêm (và 1 kết quả khác)"],
            ["http://localhost/?q=do&dict=vi-en&limit=50"],
        ),
        ("?q=do&limit=50", 7, [], []),
        ("?q=do", 7, [], []),
        (
            "?q=m&mode=prefix&limit=1",
            1,
            ["Xem thêm (và 7 kết quả khác)"],
            ["http://localhost/?q=m&limit=50&mode=prefix"],
        ),
    ],
)
def test_more_than_the_limit(client: FlaskClient, address: str, shown: int, more: list[str], url: list[str]) -> None:
    page = page_of(client.get("/fragment" + address))
    assert len(page.css(".td-entry")) == shown
    assert texts(page, ".td-more") == more
    assert values(page, ".td-more a", "href") == url
    for there in url:
        assert len(page_of(client.get(there)).css(".td-entry")) > shown


@pytest.mark.parametrize(
    ("query", "headwords", "message"),
    [
        ("h?c*", ["học sinh"], "Các mục từ khớp với “h?c*”:"),
        ("*quyết", ["nghị quyết"], "Các mục từ khớp với “*quyết”:"),
        ("m?", ["ma", "mà", "mã", "má", "mạ", "mả"], "Các mục từ khớp với “m?”:"),
        ("ng*x", [], "Không tìm thấy “ng*x”."),
        ("?", [], "Không tìm thấy “?”."),
    ],
)
def test_wildcards(client: FlaskClient, query: str, headwords: list[str], message: str) -> None:
    page = page_of(client.get("/fragment", query_string={"q": query, "dict": "vi-en"}))
    assert sorted(texts(page, ".td-entry h2")) == sorted(headwords)
    assert text(page, ".td-message") == message
    assert set(texts(page, ".td-reason")) == ({"khớp mẫu"} if headwords else set())
    assert not page.css(".td-suggestions")


def test_suggestions_keep_to_the_dictionaries(client: FlaskClient) -> None:
    page = page_of(client.get("/fragment?q=resolutoin&dict=en-vi&lang=en"))
    assert text(page, ".td-suggestions .td-row-name") == "Did you mean:"
    assert values(page, ".td-suggestions a", "href") == ["http://localhost/?q=resolution&dict=en-vi&lang=en"]


def test_a_sentence_word_by_word(client: FlaskClient) -> None:
    page = page_of(client.get("/fragment?q=tôi+xác+định+mục+đích"))
    assert texts(page, ".td-parts li") == ["tôi", "xác định", "mục đích"]
    assert texts(page, ".td-parts a") == ["xác định", "mục đích"], "tôi is no headword"


def test_nothing_found_says_what_to_try(client: FlaskClient) -> None:
    page = page_of(client.get("/fragment?q=zzqqxx&dict=vi-en"))
    assert text(page, ".td-message") == "Không tìm thấy “zzqqxx”."
    assert not page.css(".td-failed"), "that is no failure"
    assert texts(page, ".td-row a") == ["nghị q*", "h?c"]
    assert values(page, ".tu-dien-results", "data-summary") == ["Không tìm thấy “zzqqxx”."]


def test_each_language_is_marked(client: FlaskClient) -> None:
    entry = page_of(client.get("/fragment?q=nghi+quyet&dict=vi-en&lang=en")).css(".td-entry")[0]
    assert values(entry, "h2", "lang") == ["vi"]
    assert set(values(entry, ".td-gloss", "lang")) == {"en"}
    assert values(entry, ".td-source", "lang") == ["vi"]
    assert values(entry, ".td-target", "lang") == ["en"]
    assert values(entry, ".td-listen", "data-language") == ["vi"]
    assert texts(entry, ".td-part-of-speech") == ["noun"]
    assert texts(entry, ".td-label") == ["chính trị"]


def test_the_licence_of_every_dictionary_that_answered_and_of_no_other(client: FlaskClient) -> None:
    assert text(page_of(client.get("/fragment?q=run")), ".td-credits") == "Nguồn: Anh–Việt nhỏ · CC0-1.0"
    both = page_of(client.get("/fragment?q=go*&limit=50"))
    assert text(both, ".td-credits") == "Nguồn: Anh–Việt nhỏ · CC0-1.0"


# permalinks and reading on


def first_entry_path(client: FlaskClient, query: str, dictionary: str) -> str:
    page = page_of(client.get("/fragment", query_string={"q": query, "dict": dictionary}))
    return urlsplit(values(page, ".td-entry h2 a", "href")[0] or "").path


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_has_a_page_of_its_own(client: FlaskClient, language: str) -> None:
    path = first_entry_path(client, "đảng", "vi-en")
    page = page_of(client.get(path, query_string={"lang": language}))
    assert texts(page, ".td-entry h2") == ["đảng"]
    assert values(page, "input[name=q]", "value") == ["đảng"]
    assert text(page, "title").startswith("đảng – ")
    assert texts(page, ".td-phrases li") == ["đảng ủy"]
    assert not page.css(".td-reason")
    beside = texts(page, ".td-neighbours li")
    assert beside == ["a-lô", "cơ sở", "do", "đảng", "đảng ủy", "đo", "đỏ", "đó"]
    assert texts(page, ".td-neighbours [aria-current]") == ["đảng"]
    other = urlsplit(values(page, ".td-other-language", "href")[0] or "")
    assert (other.path, other.query) == (path, "" if language == "en" else "lang=en")


@pytest.mark.parametrize(
    ("query", "phrase", "gloss"), [("go on", "go on", "tiếp tục"), ("go off", "to go off", "nổ; reo")]
)
def test_an_idiom_is_shown_and_the_rest_of_its_entry_is_a_link(
    client: FlaskClient, query: str, phrase: str, gloss: str
) -> None:
    page = page_of(client.get("/fragment", query_string={"q": query}))
    assert texts(page, ".td-entry dt") == [phrase]
    assert texts(page, ".td-gloss") == [gloss]
    assert texts(page, "mark") == [query]
    assert text(page, ".td-entry .td-aside a") == "Xem cả mục từ “go”"
    (address,) = values(page, ".td-entry .td-aside a", "href")
    whole = page_of(client.get(urlsplit(address or "").path))
    assert texts(whole, ".td-entry dt") == ["go on", "to go off"]
    assert "đi" in texts(whole, ".td-gloss")


def test_idioms_of_other_entries(client: FlaskClient) -> None:
    page = page_of(client.get(first_entry_path(client, "go", "en-vi")))
    assert texts(page, ".td-idioms dt") == ["go on", "to go off"]
    assert not page.css(".td-idiom-links"), "its own idiom is none of another entry"


def test_a_permalink_lasts_and_one_that_does_not_exist_is_said_kindly(client: FlaskClient) -> None:
    path = first_entry_path(client, "run", "en-vi")
    assert path == first_entry_path(client, "RUN", "en-vi")
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    for language, sentence in (
        ("vi", "Mục từ này không còn trong từ điển."),
        ("en", "This entry is not in the dictionaries any more."),
    ):
        gone = page_of(client.get(f"/entry/00000000000000?lang={language}"), 404)
        assert text(gone, ".td-failed") == sentence


def test_reporting_a_mistake(mini_database: Path) -> None:
    client = make_app(mini_database, report_url="https://tinh.example/bao-loi?muc={id}").test_client()
    path = first_entry_path(client, "run", "en-vi")
    page = page_of(client.get(path))
    links = [node.attributes["href"] for node in page.css(".td-dictionary a") if node.text() == "Báo lỗi"]
    assert links == [f"https://tinh.example/bao-loi?muc={path.rsplit('/', 1)[1]}"]
    without = make_app(mini_database).test_client()
    assert "Báo lỗi" not in without.get(path).text


# errors are pages too, and nothing that was typed is lost

_ERRORS = [
    ("?q=" + "x" * 201, 400, "Nội dung cần tra dài 201 ký tự; tối đa là 200 ký tự."),
    ("?q=a%00b", 400, "Nội dung cần tra có ký tự điều khiển, không tra được."),
    ("?q=%ff", 400, "Địa chỉ không phải là UTF-8 hợp lệ."),
    ("?q=a&dict=zz", 404, "Không có từ điển “zz”."),
    ("?q=a&dict=<b>", 404, "Không có từ điển “<b>”."),
    ("?q=a&limit=51", 400, "Tham số limit không nhận giá trị này; hãy dùng số nguyên từ 1 đến 50."),
    ("?q=a&mode=magic", 400, "Tham số mode không nhận giá trị này; hãy dùng một trong các giá trị "),
    ("?q=a&lang=xx", 400, "Tham số lang không nhận giá trị này; hãy dùng vi hoặc en."),
]


@pytest.mark.parametrize("route", HTML_ROUTES)
@pytest.mark.parametrize(("address", "status", "sentence"), _ERRORS)
def test_errors_are_a_sentence(client: FlaskClient, route: str, address: str, status: int, sentence: str) -> None:
    response = client.get(route + address)
    page = page_of(response, status)
    assert text(page, ".td-failed").startswith(sentence)
    assert values(page, ".tu-dien-results", "data-summary")[0] == text(page, ".td-failed")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert (page.css_first("form.tu-dien-box") is None) == (route == "/fragment")


def test_an_error_keeps_what_was_typed(client: FlaskClient) -> None:
    page = page_of(client.get("/?q=nghi+quyet&dict=vi-en&limit=99&lang=en"), 400)
    assert values(page, "input[name=q]", "value") == ["nghi quyet"]
    assert values(page, "option[selected]", "value") == ["vi-en"]
    assert text(page, ".td-failed") == "The parameter limit must be a whole number from 1 to 50."
    assert values(page, "html", "lang") == ["en"]


def test_the_first_page_of_a_dictionary_that_is_none(client: FlaskClient) -> None:
    for route in HTML_ROUTES:
        assert text(page_of(client.get(f"{route}?dict=zz"), 404), ".td-failed") == "Không có từ điển “zz”."


def test_while_no_dictionary_can_be_read(tmp_path: Path) -> None:
    client = make_app(tmp_path / "none.sqlite3").test_client()
    for route in (*HTML_ROUTES, "/browse", "/entry/00000000000000"):
        response = client.get(f"{route}?q=nghi+quyet")
        page = page_of(response, 503)
        assert text(page, ".td-failed") == "Hiện chưa đọc được từ điển. Xin thử lại sau ít phút."
        assert int(response.headers["Retry-After"]) > 0
        if route in ("/", "/widget"):
            assert values(page, "input[name=q]", "value") == ["nghi quyet"]


def test_too_many_requests_are_a_page_too(mini_database: Path) -> None:
    client = make_app(mini_database, rate_limit="1/minute").test_client()
    assert client.get("/?q=do").status_code == 200
    response = client.get("/?q=do")
    page = page_of(response, 429)
    assert text(page, ".td-failed") == "Bạn tra quá nhanh; hãy đợi một lát rồi thử lại."
    assert values(page, "input[name=q]", "value") == ["do"]
    assert 0 < int(response.headers["Retry-After"]) <= 60


# whatever is sent

_pieces = st.sampled_from([*" aạ*?-'<İœ㌀ﷺ😀", "\u0301", "\u200b", "?*", "ma "])
_repeated = st.tuples(_pieces, st.integers(1, 200)).map(lambda drawn: (drawn[0] * drawn[1])[:200])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200) | _repeated, st.sampled_from(["", "vi-en", "en-vi"]), st.sampled_from(["auto", "prefix"]))
@example("㌀" * 200, "", "auto")
@example("ﷺ" * 200, "", "auto")
@example("e\u0323\u0302" * 66, "vi-en", "auto")
@example(" ma" * 66, "", "auto")
@example("*a" * 100, "", "prefix")
def test_any_text_is_answered(client: FlaskClient, sent: str, dictionaries: str, mode: str) -> None:
    fields = {"q": sent, "dict": dictionaries, "mode": mode, "from": sent}
    for route in (*HTML_ROUTES, "/browse", "/suggest"):
        response = client.get(route, query_string=fields)
        assert response.status_code in (200, 400), (route, response.text)
        if route in ("/", "/widget") and "\r" not in sent and "\n" not in sent:
            page = page_of(response, response.status_code)
            assert values(page, "input[name=q]", "value") == [sent.replace("\0", "\ufffd")]
