"""The contract: complete, its examples real, kept by the live service in thousands of generated cases."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from dictsvc.match_kinds import MatchKind
from dictsvc.messages import LANGUAGES
from dictsvc.serving import TARGET
from dictsvc.web.route_table import all_routes
from tests.servers import running
from tests.waits import PROCESS_SECONDS
from tests.web.asserting import json_of

_LEAST_CASES = 2000


@pytest.fixture
def contract(client: FlaskClient) -> dict[str, Any]:
    document: dict[str, Any] = json_of(client.get("/openapi.json?lang=en"))
    return document


def test_every_route_is_in_the_contract(app: Flask, contract: dict[str, Any]) -> None:
    served = {
        (
            method.lower(),
            re.sub("<(?:path:)?(?:identifier|id)>", "{id}", rule.rule).replace("<path:filename>", "{filename}"),
        )
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
    }
    described = {(method, path) for path, methods in contract["paths"].items() for method in methods}
    assert described == served
    names = [route.name for route in all_routes()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+([A-Z][a-z]+)*", name) for name in names), "generators make functions of them"


def test_generators_make_usable_clients(contract: dict[str, Any]) -> None:
    assert contract["info"]["title"].isascii(), "it becomes the name of a package"
    assert contract["servers"] == [{"url": "http://localhost"}]
    assert contract["security"] == []
    tags = {tag["name"] for tag in contract["tags"]}
    operations = [operation for methods in contract["paths"].values() for operation in methods.values()]
    assert all(len(operation["tags"]) == 1 and tags.issuperset(operation["tags"]) for operation in operations)
    parameters = [parameter for operation in operations for parameter in operation["parameters"]]
    assert all("enum" not in p["schema"]["items"] for p in parameters if p["name"] == "dict"), "others may be loaded"
    kind = contract["components"]["schemas"]["MatchKind"]
    assert "enum" not in kind, "later versions know more"
    assert all(f"`{known.value}`" in kind["description"] for known in MatchKind)


def contents(contract: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for methods in contract["paths"].values():
        for operation in methods.values():
            holders = [*operation["responses"].values(), operation.get("requestBody", {})]
            found += [content for holder in holders for content in holder.get("content", {}).values()]
    return found


def test_examples_are_of_their_schemas(contract: dict[str, Any]) -> None:
    checked = 0
    for content in contents(contract):
        if "example" in content:
            schema = content["schema"] | {"components": contract["components"]}
            assert jsonschema_rs.is_valid(schema, content["example"])
            checked += 1
    assert checked > 8


def test_examples_are_real_answers(client: FlaskClient, contract: dict[str, Any]) -> None:
    lookup = contract["paths"]["/lookup"]["get"]["responses"]
    asked = json_of(client.get("/lookup?limit=1&q=nghi+quyet"))
    assert lookup["200"]["content"]["application/json"]["example"] == asked
    refused = msgspec.json.decode(client.get("/lookup?q=&lang=en").data)
    assert lookup["400"]["content"]["application/problem+json"]["example"] == refused
    for path in ("/dictionaries", "/healthz", "/readyz"):
        answers = contract["paths"][path]["get"]["responses"]["200"]["content"]
        assert answers["application/json"]["example"] == json_of(client.get(path))
    batch = contract["paths"]["/lookup"]["post"]
    body = batch["requestBody"]["content"]["application/json"]["example"]
    answer = json_of(client.post("/lookup", json=body))
    assert batch["responses"]["200"]["content"]["application/json"]["example"] == answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_route_and_needs_no_network(client: FlaskClient, language: str) -> None:
    contract = json_of(client.get("/openapi.json"))
    page = client.get(f"/docs?lang={language}").text
    for path, methods in contract["paths"].items():
        assert f">{path}<" in page or f"</span> {path}" in page
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    assert "<script" not in page
    assert "style=" not in page
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert links
    for link in links:
        assert link.startswith("http://localhost/")
        assert client.get(link.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_browsers_can_add_the_search(client: FlaskClient, language: str) -> None:
    response = client.get(f"/opensearch.xml?lang={language}")
    assert response.mimetype == "application/opensearchdescription+xml"
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    description = ET.fromstring(response.data)  # noqa: S314  # our own
    assert 0 < len(description.findtext("o:ShortName", "", names)) <= 16
    template = next(
        url.attrib["template"] for url in description.findall("o:Url", names) if url.attrib["type"] == "text/html"
    )
    page = client.get(template.replace("{searchTerms}", "nghi+quyet").removeprefix("http://localhost"))
    assert "nghị quyết" in page.text
    assert 'rel="search"' in page.text


def test_the_live_service_keeps_the_contract(mini_database: Path, tmp_path: Path) -> None:
    with running(TARGET, "/readyz", database=mini_database, workers=1) as server:
        program = str(Path(sys.executable).with_name("schemathesis"))
        options = ["--checks", "all", "--max-examples", "120", "--seed", "1", "--workers", "1", "--no-color"]
        command = [program, "run", f"http://127.0.0.1:{server.port}/openapi.json", *options]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, timeout=PROCESS_SECONDS, check=False
        )
    assert done.returncode == 0, done.stdout[-5000:]
    generated = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert generated, done.stdout[-2000:]
    assert int(generated.group(1)) == int(generated.group(2)) >= _LEAST_CASES
    assert re.search(r"API Links:\s+(\d+) covered / \1 selected", done.stdout), "stateful links were followed"
