"""One way of finding headwords a module. Matchers do not import each other; the cascade says when each is asked."""
