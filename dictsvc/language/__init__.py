"""Pure text: keys, cleaning, keystrokes, legacy character sets, segmentation, forms and frequencies. No I/O."""
