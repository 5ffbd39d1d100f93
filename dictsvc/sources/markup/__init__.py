"""What several formats write their bodies in, read into entries: FVDP lines, HTML, part-of-speech lines."""
