"""Settings read from the environment."""

from __future__ import annotations

import pytest

from dictsvc.config import read_config
from dictsvc.errors import UsageError


def test_a_removed_setting_says_what_to_set_instead() -> None:
    with pytest.raises(UsageError, match=r"DICTSVC_CACHE_SIZE is not a setting any more.*DICTSVC_CACHE_BYTES"):
        read_config({"DICTSVC_CACHE_SIZE": "1000"})
    assert read_config({"DICTSVC_CACHE_BYTES": "1000"}).cache_bytes == 1000
