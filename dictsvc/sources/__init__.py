"""Dictionary files → entries and problems. Every reader is pure: a path in, records out, nothing stored."""
