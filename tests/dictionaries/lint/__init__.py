"""Rules that the bundled dictionaries keep to: `python -m tests.dictionaries.lint`."""
