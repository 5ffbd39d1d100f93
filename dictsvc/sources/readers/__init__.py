"""One module a format, each a function from a source to entries and problems."""
