"""Vietnamese: its profile, keys, tones, syllables, costs of errors, keystrokes, charsets, segmentation, usage."""
