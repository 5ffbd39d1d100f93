"""What the templates are given: typed objects, every label in the language of the reader."""
