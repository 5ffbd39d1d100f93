"""Flask only: parse → call → render."""
