# mypy: disable-error-code="no-untyped-def"
"""Moved copies as a program makes them that needs nothing but NumPy: its text is part of that program.

The bits are those of `mnist_lab.data.moved`, which is faster and longer: it moves many at once, and can stop.
"""

import numpy as np


def moved(images, copies, seed, turn, shear, scale, shift):
    """Copies of (n, 28, 28) images, each turned, sheared, scaled and shifted at random; those of one image together."""
    strengths = turn * (np.pi / 180), shear, scale, scale, shift, shift
    drawn = strengths * (2 * np.random.default_rng(seed).random((len(images) * copies, 6)) - 1)
    centred, result = np.arange(28) - 13.5, np.empty((len(drawn), 28, 28), np.uint8)
    for copy, (angle, lean, wider, higher, right, down) in enumerate(drawn):
        # Cosine and sine, added up here: NumPy's own may differ in the last bit from one computer to another.
        sums, term = [1.0, 0.0], 1.0
        for power in range(1, 30):
            term = term * angle / power
            sums[power % 2] += -term if power % 4 > 1 else term
        cosine, sine = sums
        # Where in the image each pixel of the copy comes from, and the mean of the four pixels around that place.
        columns, rows = centred - right, (centred - down)[:, None]
        row = -sine / (1 + higher) * columns + cosine / (1 + higher) * rows
        column = (cosine + lean * sine) / (1 + wider) * columns + (sine - lean * cosine) / (1 + wider) * rows
        row, column = np.clip(row + 14.5, 0, 29), np.clip(column + 14.5, 0, 29)
        top, left = np.floor(row).astype(int), np.floor(column).astype(int)
        pixels = np.pad(images[copy // copies], (1, 2)).astype(float)
        upper = pixels[top, left] + (column - left) * (pixels[top, left + 1] - pixels[top, left])
        lower = pixels[top + 1, left] + (column - left) * (pixels[top + 1, left + 1] - pixels[top + 1, left])
        result[copy] = np.rint(upper + (row - top) * (lower - upper))
    return result
