"""What every error of every JSON route has in common."""

from __future__ import annotations

from typing import Any

import msgspec


def assert_problem(response: Any, status: int, problem: str, *more: str) -> dict[str, Any]:
    """The one contract of errors: RFC 9457, a known type, a filled-in sentence, nothing of the inside.

    `more` names the members beyond those of every problem. Returns the document.
    """
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    document: dict[str, Any] = msgspec.json.decode(response.data)
    assert set(document) == {"type", "title", "status", "detail", *more}
    assert document["status"] == status
    assert document["type"].endswith(":" + problem)
    assert document["title"]
    assert document["detail"]
    assert "{" not in document["detail"]
    assert "Traceback" not in response.text
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return document


def json_of(response: Any) -> Any:
    """The JSON of a successful answer."""
    assert response.status_code == 200, response.text
    return msgspec.json.decode(response.data)
