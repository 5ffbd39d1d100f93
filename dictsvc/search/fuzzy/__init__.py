"""Correcting misspelt queries: the index of keys, and a speller for each noise model."""
