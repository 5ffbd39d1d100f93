"""One base for every error a person may meet; each knows its HTTP status and its problem type.

`str(error)` is one sentence in English, for terminals and logs. What a page says comes from
`messages.py`, under the error's `code`.
"""


class DictsvcError(Exception):
    """Base of all errors that this project raises on purpose."""

    status = 500
    code = "internal"
    """Name of the problem: the end of its RFC 9457 `type` and its key in the table of messages."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.values = values
        """What the sentence for people is filled with."""


class BadQueryError(DictsvcError):
    """The query or a parameter beside it cannot be used; `code` says which and why."""

    status = 400

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.code = code


class UnknownDictionaryError(DictsvcError):
    """A dictionary was asked for that is not loaded."""

    status = 404
    code = "unknown-dictionary"


class UnknownEntryError(DictsvcError):
    """A permalink leads to no entry of the dictionaries loaded now."""

    status = 404
    code = "unknown-entry"


class TooManyRequestsError(DictsvcError):
    """A client asked more often than it may."""

    status = 429
    code = "too-many-requests"


class UnavailableError(DictsvcError):
    """No dictionary can be read at present: the database is missing, damaged, foreign or too old.

    `values["reason"]` says which: `missing`, `damaged` or `foreign`.
    """

    status = 503
    code = "unavailable"


class SourceError(DictsvcError):
    """A dictionary file cannot be read at all."""

    code = "source"


class StorageError(DictsvcError):
    """The database cannot be written: no space, no permission, a lock held by another load."""

    code = "storage"


class StartError(DictsvcError):
    """The service cannot start: its address is taken or not this machine's."""

    code = "start"


class UsageError(DictsvcError):
    """A command was given what it cannot use (exit status 2)."""

    code = "usage"
