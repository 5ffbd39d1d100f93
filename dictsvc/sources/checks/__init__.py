"""What must hold for the bundled dictionaries: small rules, each with its message, and a run over all of them."""
