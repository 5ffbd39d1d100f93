"""Vietnamese: its profile, syllables, keystrokes, legacy character sets, segmentation, usage."""
