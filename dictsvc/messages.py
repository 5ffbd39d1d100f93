"""What people read, in Vietnamese and English: one typed table, the only home of such sentences.

Error sentences stand under the error's `code`; `{name}` is filled from the error's values.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "vi"


class Text(Struct, frozen=True):
    """One sentence or label in both languages."""

    vi: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in one language."""
        return self.vi if language == "vi" else self.en


LABELS: Mapping[str, Text] = {
    "site-title": Text("Từ điển trực tuyến", "Online dictionary"),
    "look-up": Text("Tra từ", "Look up"),
    "dictionary": Text("Từ điển", "Dictionary"),
    "all-dictionaries": Text("Tất cả từ điển", "All dictionaries"),
    "submit": Text("Tra", "Search"),
    "placeholder": Text("Có dấu hoặc không dấu", "With or without accents"),
    "other-language": Text("English", "Tiếng Việt"),
    "results": Text("Kết quả tra từ", "Results"),
    "summary": Text("{count} mục từ cho “{query}”", "{count} entries for “{query}”"),
    "did-you-mean": Text("Có phải bạn muốn tra:", "Did you mean:"),
    "nothing-found": Text("Không tìm thấy “{query}”.", "“{query}” was not found."),
    "nothing-exact": Text(
        "Không có mục từ “{query}”. Có thể bạn quan tâm:", "There is no entry “{query}”. Perhaps one of these helps:"
    ),
    "fitting": Text("Các mục từ khớp với “{query}”:", "Entries that fit “{query}”:"),
    "fits-pattern": Text("khớp mẫu", "fits the pattern"),
    "try-again": Text(
        "Hãy thử bỏ dấu, chọn từ điển khác, hoặc dùng dấu * thay cho đoạn chưa chắc, dấu ? thay cho một chữ cái:",
        "Try leaving out accents, another dictionary, or * for any letters and ? for one letter:",
    ),
    "more": Text("và {count} kết quả khác", "and {count} more"),
    "show-more": Text("Xem thêm", "Show more"),
    "see-also": Text("Xem thêm", "See also"),
    "current": Text("Nay là", "Now"),
    "former": Text("Trước là", "Formerly"),
    "synonyms": Text("Đồng nghĩa", "Synonyms"),
    "antonyms": Text("Trái nghĩa", "Antonyms"),
    "etymology": Text("Gốc từ", "Origin"),
    "variants": Text("Cách viết khác", "Also written"),
    "idioms": Text("Cụm từ và thành ngữ", "Phrases and idioms"),
    "more-senses": Text("Thêm {count} nghĩa", "{count} more senses"),
    "more-examples": Text("Thêm {count} ví dụ", "{count} more examples"),
    "whole-entry": Text("Xem cả mục từ “{headword}”", "See the whole entry “{headword}”"),
    "more-idioms": Text("Thêm {count} cụm từ", "{count} more phrases"),
    "homographs": Text("“{query}” khi thêm dấu", "“{query}” with its accents"),
    "tone-": Text("ngang", "level"),
    "tone-\u0300": Text("huyền", "falling (huyền)"),
    "tone-\u0309": Text("hỏi", "dipping (hỏi)"),
    "tone-\u0303": Text("ngã", "broken (ngã)"),
    "tone-\u0301": Text("sắc", "rising (sắc)"),
    "tone-\u0323": Text("nặng", "heavy (nặng)"),
    "parts": Text("Từng từ trong câu", "Word by word"),
    "longer": Text("Từ và cụm từ có “{headword}”", "Words and phrases with “{headword}”"),
    "idioms-elsewhere": Text("“{headword}” trong cụm từ ở mục từ khác", "“{headword}” in idioms of other words"),
    "neighbours": Text("Các từ lân cận", "Nearby words"),
    "listen": Text("Nghe phát âm “{headword}”", "Listen to “{headword}”"),
    "source": Text("Nguồn", "Source"),
    "entries": Text("{count} mục từ", "{count} entries"),
    "permalink": Text("Liên kết đến mục từ này", "Link to this entry"),
    "report": Text("Báo lỗi", "Report a mistake"),
    "report-subject": Text("Báo lỗi mục từ “{headword}”", "A mistake in the entry “{headword}”"),
    "no-gloss": Text("Từ điển này chưa giải nghĩa mục từ.", "The dictionary does not explain this headword yet."),
    "welcome": Text(
        "Gõ một từ hoặc cụm từ. Không cần gõ dấu, gõ sai cũng tìm được.",
        "Type a word or phrase. Accents are optional, and slips are forgiven.",
    ),
    "examples-to-try": Text("Ví dụ:", "For example:"),
    "dictionaries": Text("Các từ điển", "Dictionaries"),
    "browse": Text("Tra theo vần", "Browse A–Z"),
    "letters": Text("Chữ cái đầu", "First letter"),
    "from": Text("Bắt đầu từ", "Starting from"),
    "go": Text("Xem", "Go"),
    "previous-page": Text("Trang trước", "Previous page"),
    "next-page": Text("Trang sau", "Next page"),
    "for-developers": Text("Dành cho lập trình viên", "For developers"),
    "tips": Text("Mẹo tra từ", "Search tips"),
}

TIPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("Gõ có dấu hay không dấu đều được.", "Accents are optional."), ("nghị quyết", "nghi quyet")),
    (
        Text("Gõ sai chính tả, gõ liền hay gõ theo giọng địa phương vẫn tìm ra.", "Slips and missing spaces are fine."),
        ("sử lí", "hocsinh", "resolutoin"),
    ),
    (Text("Quên bật bộ gõ cũng không sao.", "Raw Telex is understood."), ("tuwf ddieenr",)),
    (
        Text(
            "Dấu * thay cho một số chữ cái bất kỳ, dấu ? thay cho đúng một chữ cái.",
            "* stands for any letters, ? for exactly one letter.",
        ),
        ("nghị q*", "*quyết", "h?c"),
    ),
    (
        Text("Gõ cả câu để tra từng từ trong câu.", "Type a sentence to look up each of its words."),
        ("thực hiện nghị quyết",),
    ),
    (
        Text(
            "Nhấp đúp vào một từ trong phần giải nghĩa để tra ngay từ đó.",
            "Double-click a word in an answer to look it up.",
        ),
        (),
    ),
)
"""How to search well: a sentence, and queries that show it."""

WIDGET: Mapping[str, Text] = {
    "offline": Text(
        "Thiết bị đang mất kết nối mạng. Hãy kiểm tra mạng rồi thử lại.", "You are offline. Check the network."
    ),
    "unreachable": Text("Chưa kết nối được với từ điển.", "The dictionary cannot be reached."),
    "slow": Text("Từ điển trả lời chậm hơn thường lệ.", "The dictionary is slower than usual."),
    "busy": Text("Bạn tra hơi nhanh. Hãy đợi một lát rồi thử lại.", "Too many requests. Wait a moment and try again."),
    "unavailable": Text(
        "Từ điển đang tạm ngừng. Xin thử lại sau ít phút.", "The dictionary is unavailable for a moment."
    ),
    "garbled": Text("Chưa đọc được kết quả từ điển gửi về.", "The dictionary's answer could not be read."),
    "retry": Text("Thử lại", "Try again"),
    "close": Text("Đóng", "Close"),
    "open": Text("Mở trong từ điển", "Open in the dictionary"),
    "card": Text("Nghĩa của từ", "Meaning of the word"),
    "completions": Text("{count} gợi ý", "{count} suggestions"),
    "loading": Text("Đang tra…", "Looking up…"),
}
"""What the script in the reader's browser says by itself, mostly because nobody answers it."""

REASONS: Mapping[str, Text] = {
    "exact": Text("đúng từ", "exact"),
    "spelling": Text("cách viết khác", "other spelling"),
    "form": Text("dạng của từ này: {matched}", "form of this word: {matched}"),
    "idiom": Text("cụm từ trong mục này: {matched}", "phrase in this entry: {matched}"),
    "collocation": Text("cụm từ thường dùng: {matched}", "typical phrase: {matched}"),
    "unaccented": Text("gõ thiếu dấu", "accents left out"),
    "accents": Text("khác dấu", "other accents"),
    "keystrokes": Text("quên bật hoặc tắt bộ gõ: {matched}", "input method left off or on: {matched}"),
    "charset": Text("bảng mã cũ: {matched}", "legacy encoding: {matched}"),
    "regional": Text("viết theo phát âm vùng miền", "regional spelling"),
    "joined": Text("khác dấu cách", "other spacing"),
    "typo": Text("gần giống", "similar spelling"),
    "prefix": Text("cùng phần đầu", "begins like this"),
    "translation": Text("có trong phần giải nghĩa: {matched}", "found in the meaning: {matched}"),
    "part": Text("một phần của cụm từ", "part of the phrase"),
}
"""Why a hit is there, by kind of match."""

ERRORS: Mapping[str, tuple[Text, Text]] = {
    "missing-query": (
        Text("Thiếu từ cần tra", "Missing query"),
        Text("Hãy cho biết từ cần tra bằng tham số q.", "Say what to look up in the parameter q."),
    ),
    "blank-query": (
        Text("Chưa có từ cần tra", "Blank query"),
        Text("Bạn chưa nhập từ cần tra.", "There is nothing to look up."),
    ),
    "query-too-long": (
        Text("Từ cần tra quá dài", "Query too long"),
        Text(
            "Nội dung cần tra dài {count} ký tự; tối đa là {most} ký tự.",
            "The query has {count} characters; {most} are the most.",
        ),
    ),
    "control-characters": (
        Text("Ký tự không dùng được", "Control characters"),
        Text("Nội dung cần tra có ký tự điều khiển, không tra được.", "The query holds control characters."),
    ),
    "bad-encoding": (
        Text("Sai bảng mã", "Bad encoding"),
        Text("Địa chỉ không phải là UTF-8 hợp lệ.", "The address is not valid UTF-8."),
    ),
    "bad-parameter": (
        Text("Tham số không hợp lệ", "Bad parameter"),
        Text("Tham số {name} không nhận giá trị này; {expected}.", "The parameter {name} must be {expected}."),
    ),
    "unknown-dictionary": (
        Text("Không có từ điển này", "Unknown dictionary"),
        Text("Không có từ điển “{id}”.", "There is no dictionary “{id}”."),
    ),
    "unknown-entry": (
        Text("Không có mục từ này", "Unknown entry"),
        Text("Mục từ này không còn trong từ điển.", "This entry is not in the dictionaries any more."),
    ),
    "not-found": (
        Text("Không có trang này", "Not found"),
        Text("Không có trang nào ở địa chỉ này.", "There is nothing at this address."),
    ),
    "method-not-allowed": (
        Text("Phương thức không dùng được", "Method not allowed"),
        Text("Địa chỉ này không nhận phương thức đó.", "This address does not accept that method."),
    ),
    "too-large": (
        Text("Yêu cầu quá lớn", "Request too large"),
        Text("Yêu cầu gửi lên quá lớn.", "The request is too large."),
    ),
    "unsupported-media-type": (
        Text("Sai kiểu dữ liệu", "Unsupported media type"),
        Text("Hãy gửi dữ liệu kiểu application/json.", "Send application/json."),
    ),
    "bad-request": (
        Text("Yêu cầu không hợp lệ", "Bad request"),
        Text("Không hiểu được yêu cầu này.", "This request cannot be understood."),
    ),
    "bad-body": (
        Text("Nội dung gửi lên không hợp lệ", "Bad body"),
        Text(
            "Nội dung gửi lên không phải là JSON đúng dạng; xem mô tả ở /docs.",
            "The body is not JSON of the expected shape; /docs describes it.",
        ),
    ),
    "too-slow": (
        Text("Gửi quá chậm", "Too slow"),
        Text("Nội dung được gửi lên quá chậm. Xin thử lại.", "The body arrived too slowly. Please try again."),
    ),
    "too-many-requests": (
        Text("Quá nhiều yêu cầu", "Too many requests"),
        Text("Bạn tra quá nhanh; hãy đợi một lát rồi thử lại.", "Too many requests; wait a moment and try again."),
    ),
    "unavailable": (
        Text("Từ điển tạm thời chưa sẵn sàng", "Dictionaries unavailable"),
        Text(
            "Hiện chưa đọc được từ điển. Xin thử lại sau ít phút.",
            "The dictionaries cannot be read at present. Please try again in a few minutes.",
        ),
    ),
    "internal": (
        Text("Có lỗi", "Something went wrong"),
        Text("Có lỗi ở máy chủ. Xin thử lại sau.", "Something went wrong here. Please try again later."),
    ),
}
"""The title and the sentence of every error, by its code."""

PARAMETER_VALUES: Mapping[str, Text] = {
    "limit": Text("hãy dùng số nguyên từ 1 đến {most}", "a whole number from 1 to {most}"),
    "mode": Text("hãy dùng một trong các giá trị {modes}", "one of {modes}"),
    "lang": Text("hãy dùng vi hoặc en", "vi or en"),
}
"""What a parameter may be, by its name: the `{expected}` of the error `bad-parameter`."""

PARTS_OF_SPEECH: Mapping[str, Text] = {
    "noun": Text("danh từ", "noun"),
    "verb": Text("động từ", "verb"),
    "adjective": Text("tính từ", "adjective"),
    "adverb": Text("trạng từ", "adverb"),
    "pronoun": Text("đại từ", "pronoun"),
    "preposition": Text("giới từ", "preposition"),
    "conjunction": Text("liên từ", "conjunction"),
    "interjection": Text("thán từ", "interjection"),
    "numeral": Text("số từ", "numeral"),
    "classifier": Text("loại từ", "classifier"),
    "particle": Text("tiểu từ", "particle"),
    "determiner": Text("từ hạn định", "determiner"),
    "article": Text("mạo từ", "article"),
    "auxiliary": Text("trợ động từ", "auxiliary"),
    "prefix": Text("tiền tố", "prefix"),
    "suffix": Text("hậu tố", "suffix"),
    "proper-noun": Text("danh từ riêng", "proper noun"),
    "abbreviation": Text("viết tắt", "abbreviation"),
    "phrase": Text("cụm từ", "phrase"),
}


API: Mapping[str, Text] = {
    "title": Text("Từ điển trực tuyến: giao diện lập trình", "Online dictionary: API"),
    "about": Text(
        "Tra từ điển hai chiều tiếng Việt, có dấu hoặc không dấu, gõ sai cũng tìm được. Mọi lỗi đều là "
        "application/problem+json (RFC 9457).",
        "Bilingual dictionaries around Vietnamese: accents are optional and slips are forgiven. Every error is "
        "application/problem+json (RFC 9457).",
    ),
    "lookup": Text("Tra một từ hoặc cụm từ", "Look up a word or phrase"),
    "lookupBatch": Text(
        "Tra tối đa 100 từ trong một lần; mục nào sai thì được báo lỗi ở đúng vị trí của nó",
        "Look up as many as 100 words at once; a bad query is a problem in its place",
    ),
    "getFragment": Text("Kết quả dưới dạng đoạn HTML để nhúng vào trang", "The answer as a fragment of HTML"),
    "getPage": Text("Trang tra từ đầy đủ", "The whole page"),
    "getEntry": Text("Trang riêng của một mục từ", "The page of one entry"),
    "suggest": Text("Gợi ý khi đang gõ (dạng OpenSearch)", "Completions, as OpenSearch has them"),
    "segment": Text("Tách một đoạn văn thành từ", "Split a text into words"),
    "browse": Text("Duyệt mục từ theo thứ tự chữ cái", "Headwords in alphabetical order"),
    "listDictionaries": Text("Các từ điển đang có", "The dictionaries that are loaded"),
    "getWidget": Text("Ô tra từ để đặt trong khung (iframe)", "The box, for an iframe"),
    "getWidgetScript": Text("Ô tra từ để nhúng bằng một thẻ script", "The box, for a script element"),
    "getDemo": Text("Trang cổng thông tin mẫu có ô tra từ", "A portal's page with the box in it"),
    "getDemoStyle": Text("Kiểu dáng của trang mẫu", "The style sheet of that page"),
    "getOpenSearch": Text("Mô tả để trình duyệt thêm vào ô tìm kiếm", "Lets a browser search here"),
    "getOpenApi": Text("Tài liệu này dưới dạng OpenAPI 3.1", "This documentation as OpenAPI 3.1"),
    "getDocs": Text("Tài liệu này", "This documentation"),
    "getStaticFile": Text("Tệp tĩnh", "A file of the pages"),
    "getHealth": Text("Tiến trình còn chạy không", "Whether the process is alive"),
    "getReadiness": Text(
        "Từ điển đã sẵn sàng chưa, và là những từ điển nào", "Whether dictionaries can be read, and which"
    ),
    "getMetrics": Text("Số liệu cho Prometheus", "Figures for Prometheus"),
    "q": Text("Nội dung cần tra, 1–200 ký tự", "What to look up, 1 to 200 characters"),
    "dict": Text(
        "Mã từ điển, cách nhau bằng dấu phẩy hoặc lặp lại tham số; bỏ trống là tất cả",
        "Ids of dictionaries, comma separated or repeated; all where absent",
    ),
    "limit": Text("Số kết quả tối đa", "The most results"),
    "mode": Text(
        "exact: đúng từ; strict: thêm dạng của từ và gõ thiếu dấu; prefix: từ bắt đầu như vậy; auto: mọi cách",
        "exact: the word itself; strict: also inflected forms and missing accents; prefix: words that begin like "
        "this; auto: everything",
    ),
    "lang": Text("Ngôn ngữ của nhãn và câu thông báo", "Language of labels and sentences"),
    "id": Text("Mã của mục từ, lấy từ kết quả tra", "Id of an entry, from a lookup's results"),
    "from": Text("Bắt đầu từ đâu trong bảng chữ cái", "Where in the alphabet to begin"),
    "filename": Text("Tên tệp", "Name of the file"),
    "problem": Text("Lỗi theo RFC 9457", "An error as RFC 9457 has it"),
    "answer": Text("Câu trả lời", "The answer"),
    "not-modified": Text("Bản bạn đang có vẫn còn đúng", "What the client has is still right"),
    "open-entry": Text("Trang của kết quả đầu tiên", "The page of the first result"),
    "look-up-here": Text("Tra trong từ điển đầu tiên", "Look up in the first dictionary"),
    "tag-lookup": Text("Tra cứu, trả lời bằng JSON", "Lookups, answered in JSON"),
    "tag-pages": Text("Trang và đoạn HTML", "Pages and fragments of HTML"),
    "tag-embedding": Text("Ô tra từ để nhúng vào trang khác", "The box, to embed in other pages"),
    "tag-documentation": Text("Mô tả dịch vụ cho người và máy", "Descriptions of the service, for people and programs"),
    "tag-operations": Text("Dành cho người vận hành", "For operators"),
    "match-kind": Text(
        "Vì sao mục từ này có trong kết quả. Các giá trị hiện có, về sau có thể thêm giá trị mới: {kinds}",
        "Why the entry is among the results. Known values, to which later versions may add: {kinds}",
    ),
    "parameters": Text("Tham số", "Parameters"),
    "body": Text("Nội dung gửi lên", "Body"),
    "example": Text("Ví dụ", "Example"),
    "required": Text("bắt buộc", "required"),
    "shapes": Text("Kiểu dữ liệu", "Data types"),
    "machine-readable": Text("Bản cho máy đọc", "For machines"),
    "short-name": Text("Từ điển", "Dictionary"),
    "search-description": Text("Tra từ điển Việt – ngoại ngữ", "Look up Vietnamese dictionaries"),
}
"""What the documentation of the routes says."""


def api(name: str, language: Language) -> str:
    """A text of the documentation."""
    return API[name].in_(language)


def label(name: str, language: Language, **values: object) -> str:
    """A label or sentence of the pages, filled in."""
    return LABELS[name].in_(language).format(**values)


def reason(kind: str, matched: str, language: Language) -> str:
    """Why a hit is among the results, in words."""
    return REASONS[kind].in_(language).format(matched=matched)


def part_of_speech(name: str, language: Language) -> str:
    """The name of a part of speech; one that is not of the fixed set stays as it stands."""
    known = PARTS_OF_SPEECH.get(name)
    return known.in_(language) if known else name


def error(code: str, language: Language, values: Mapping[str, object]) -> tuple[str, str]:
    """The title and the sentence of an error."""
    title, sentence = ERRORS[code]
    if expected := PARAMETER_VALUES.get(str(values.get("name"))):
        values = {**values, "expected": expected.in_(language).format_map(values)}
    return title.in_(language), sentence.in_(language).format_map(values)
