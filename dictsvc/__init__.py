"""dictsvc: a Vietnamese online dictionary as a small service."""

__version__ = "0.1.0"
