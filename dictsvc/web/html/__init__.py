"""The views that templates are filled with: typed objects, every label in the reader's language."""
