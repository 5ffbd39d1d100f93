"""Uses the generated Python package as a program of anyone's would; run by `python -m tests.clients` in its venv."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any


class Operations:
    """The functions of the generated package, found by method and path as the contract names them."""

    def __init__(self, package: str, contract: dict[str, Any]) -> None:
        self._package, self._contract = package, contract

    def module(self, method: str, path: str) -> ModuleType:
        """The module of an operation, with its `sync_detailed`."""
        identifier = self._contract["paths"][path][method]["operationId"]
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+", "_", identifier).lower()
        api = importlib.import_module(f"{self._package}.api")
        for found in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
            if not found.ispkg and found.name.rpartition(".")[2] == name:
                return importlib.import_module(found.name)
        raise AssertionError(f"no function for {method} {path}")


def main(package: str, url: str, contract: Path) -> None:
    """Look up, alone and in a batch, complete, and provoke errors; raises `AssertionError` where an answer is wrong."""
    operations = Operations(package, json.loads(contract.read_bytes()))
    client = importlib.import_module(package).Client(base_url=url)

    lookup = operations.module("get", "/lookup").sync_detailed
    answer = lookup(client=client, q="nghi quyet", dict_=["vi-en"]).parsed
    assert answer.found is True
    assert answer.results[0].headword == "nghị quyết"
    assert answer.results[0].match.kind == "unaccented"
    assert answer.results[0].senses[0].gloss

    refused = lookup(client=client, q="", lang=lang_of(operations))
    assert refused.status_code == 400
    assert refused.parsed.status == 400
    assert refused.parsed.detail
    unknown = lookup(client=client, q="go", dict_=["a-dictionary-loaded-later"])
    assert unknown.status_code == 404
    assert "a-dictionary-loaded-later" in unknown.parsed.detail

    batch = operations.module("post", "/lookup")
    body = batch.Batch.from_dict({"queries": ["go", {"q": "hoc sinh", "dict": "vi-en"}, ""]})
    many = batch.sync_detailed(client=client, body=body).parsed
    assert [getattr(one, "found", None) for one in many.answers] == [True, True, None]
    assert many.answers[2].status == 400

    completions = operations.module("get", "/suggest").sync_detailed(client=client, q="nghi q").parsed
    assert completions[0] == "nghi q"
    assert "nghị quyết" in completions[1]


def lang_of(operations: Operations) -> Any:
    """English, as the generated lookup wants to have it said."""
    module = operations.module("get", "/lookup")
    return module.LookupLang.EN if hasattr(module, "LookupLang") else "en"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
