"""Guessing what a misspelt query means: the index of keys, and a speller for each way of writing."""
