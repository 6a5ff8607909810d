"""How many workers a sweep may have; for the command line, too, which imports nothing that is large."""

MOST_WORKERS = 64
"""On one computer: TensorFlow would take more memory than any has beside its processors."""
