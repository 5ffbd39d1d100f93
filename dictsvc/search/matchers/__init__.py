"""One way of finding headwords a file. Matchers do not import each other."""
