"""Arrays to look at: the chapter's own, and the kinds of data that networks are fed, made from real digits.

Adding one is one `Preset` in `PRESETS`; the page and the tests follow.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.errors import AxisNames
from mnist_lab.words import QT_TRANSLATE_NOOP

Array = NDArray[np.generic]
_MATRIX = ((5, 78, 2, 34, 0), (6, 79, 3, 35, 1), (7, 80, 4, 36, 2))
_SAMPLES = 12
"""Digits that a small example is made of, where there are as many."""


@dataclass(frozen=True, eq=False)
class DigitArrays:
    """The digits that presets are made of: the lab's four arrays.

    Attributes:
        train_images: (n, 28, 28) uint8.
        train_labels: (n,) uint8.
        test_images: (m, 28, 28) uint8.
        test_labels: (m,) uint8.
    """

    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.uint8]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.uint8]


@dataclass(frozen=True)
class Preset:
    """One array to look at.

    Attributes:
        identifier: stays the same in every language.
        label: words for the list; context "tensors".
        code: how Python writes or makes it.
        explanation: one sentence on what stands in it; context "tensors".
        axis_names: a word an axis.
        make: the array, from the digits at hand; the big ones are the digits' own arrays, not copies.
    """

    identifier: str
    label: str
    code: str
    explanation: str
    axis_names: AxisNames
    make: Callable[[DigitArrays], Array]


def _vector_data(digits: DigitArrays) -> Array:
    """(n, 4) float32: share of ink, then how far right, how far down and how slanted the ink lies."""
    images = digits.train_images[:_SAMPLES].astype(np.float64) / 255
    ink = np.maximum(images.sum(axis=(1, 2)), np.finfo(np.float64).tiny)
    places = np.arange(images.shape[1]) / (images.shape[1] - 1)
    down = (images.sum(axis=2) * places).sum(axis=1) / ink
    right = (images.sum(axis=1) * places).sum(axis=1) / ink
    across = (images * (places[:, None] - down[:, None, None]) * (places - right[:, None, None])).sum(axis=(1, 2)) / ink
    return np.stack([images.mean(axis=(1, 2)), right, down, across], axis=1).astype(np.float32)


def _time_series(digits: DigitArrays) -> Array:
    """(n, 28, 2) float32: down the image, row after row, how much ink the row holds and where its middle lies."""
    images = digits.train_images[:_SAMPLES]
    amounts = images.sum(axis=2, dtype=np.float64)
    moments = (images * (np.arange(28) / 27)).sum(axis=2)
    middles = np.divide(moments, amounts, out=np.full(amounts.shape, 0.5), where=amounts > 0)
    return np.stack([amounts / (28 * 255), middles], axis=2).astype(np.float32)


def _images(digits: DigitArrays) -> Array:
    """(n, 28, 28, 3) uint8: the digits in colours, ink times one of the colours red, green, blue, yellow."""
    colours = np.array([[255, 96, 80], [96, 220, 110], [100, 150, 255], [245, 205, 70]], np.uint16)
    images = digits.train_images[:_SAMPLES]
    chosen = colours[np.arange(len(images)) % len(colours)]
    return (images[..., None].astype(np.uint16) * chosen[:, None, None, :] // 255).astype(np.uint8)


def _images_channels_first(digits: DigitArrays) -> Array:
    return np.moveaxis(_images(digits), -1, 1)


def _video(digits: DigitArrays) -> Array:
    """(n, 5, 28, 28, 1) uint8: each digit moves to the right, two pixels a frame."""
    images = digits.train_images[: _SAMPLES // 3]
    frames = []
    for shift in (-4, -2, 0, 2, 4):
        moved = np.zeros_like(images)
        moved[..., max(shift, 0) : 28 + min(shift, 0)] = images[..., max(-shift, 0) : 28 - max(shift, 0)]
        frames.append(moved)
    return np.stack(frames, axis=1)[..., None]


def _video_channels_first(digits: DigitArrays) -> Array:
    return np.moveaxis(_video(digits), -1, 2)


PRESETS: tuple[Preset, ...] = (
    Preset(
        "scalar",
        QT_TRANSLATE_NOOP("tensors", "Scalar (0D)"),
        "np.array(12)",
        QT_TRANSLATE_NOOP("tensors", "One number; it has no axis."),
        (),
        lambda _: np.array(12),
    ),
    Preset(
        "vector",
        QT_TRANSLATE_NOOP("tensors", "Vector (1D)"),
        "np.array([12, 3, 6, 14])",
        QT_TRANSLATE_NOOP("tensors", "Four numbers along one axis."),
        ("values",),
        lambda _: np.array([12, 3, 6, 14]),
    ),
    Preset(
        "matrix",
        QT_TRANSLATE_NOOP("tensors", "Matrix (2D)"),
        "np.array([[5, 78, 2, 34, 0], [6, 79, 3, 35, 1], [7, 80, 4, 36, 2]])",
        QT_TRANSLATE_NOOP("tensors", "Three rows of five numbers."),
        ("rows", "columns"),
        lambda _: np.array(_MATRIX),
    ),
    Preset(
        "cube",
        QT_TRANSLATE_NOOP("tensors", "Cube (3D)"),
        "np.array([matrix, matrix, matrix])",
        QT_TRANSLATE_NOOP("tensors", "Three of these matrices, one behind the other."),
        ("matrices", "rows", "columns"),
        lambda _: np.array([_MATRIX] * 3),
    ),
    Preset(
        "vector_data",
        QT_TRANSLATE_NOOP("tensors", "Vector data"),
        "(samples, features)",
        QT_TRANSLATE_NOOP(
            "tensors", "Each digit as four numbers: how much ink, how far right, how far down, how slanted."
        ),
        ("samples", "features"),
        _vector_data,
    ),
    Preset(
        "time_series",
        QT_TRANSLATE_NOOP("tensors", "Time series"),
        "(samples, timesteps, features)",
        QT_TRANSLATE_NOOP(
            "tensors", "Each digit read from top to bottom, a row of pixels a timestep: how much ink, and where."
        ),
        ("samples", "timesteps", "features"),
        _time_series,
    ),
    Preset(
        "images",
        QT_TRANSLATE_NOOP("tensors", "Images, channels last"),
        "(samples, height, width, channels)",
        QT_TRANSLATE_NOOP("tensors", "Digits in colour: red, green and blue of a pixel stand beside each other."),
        ("samples", "height", "width", "channels"),
        _images,
    ),
    Preset(
        "images_channels_first",
        QT_TRANSLATE_NOOP("tensors", "Images, channels first"),
        "(samples, channels, height, width)",
        QT_TRANSLATE_NOOP("tensors", "The same digits as a red, a green and a blue picture each."),
        ("samples", "channels", "height", "width"),
        _images_channels_first,
    ),
    Preset(
        "video",
        QT_TRANSLATE_NOOP("tensors", "Video, channels last"),
        "(samples, frames, height, width, channels)",
        QT_TRANSLATE_NOOP("tensors", "Each digit moves to the right, two pixels a frame; the one channel is grey."),
        ("samples", "frames", "height", "width", "channels"),
        _video,
    ),
    Preset(
        "video_channels_first",
        QT_TRANSLATE_NOOP("tensors", "Video, channels first"),
        "(samples, frames, channels, height, width)",
        QT_TRANSLATE_NOOP("tensors", "The same moving digits, with the channel before height and width."),
        ("samples", "frames", "channels", "height", "width"),
        _video_channels_first,
    ),
    Preset(
        "train_images",
        "train_images",
        "train_images",
        QT_TRANSLATE_NOOP("tensors", "The digits that the network learns from, 0 (paper) to 255 (ink)."),
        ("samples", "height", "width"),
        lambda digits: digits.train_images,
    ),
    Preset(
        "train_labels",
        "train_labels",
        "train_labels",
        QT_TRANSLATE_NOOP("tensors", "Which digit each of them is, 0 to 9."),
        ("samples",),
        lambda digits: digits.train_labels,
    ),
    Preset(
        "test_images",
        "test_images",
        "test_images",
        QT_TRANSLATE_NOOP("tensors", "The digits that the network is tested with."),
        ("samples", "height", "width"),
        lambda digits: digits.test_images,
    ),
    Preset(
        "test_labels",
        "test_labels",
        "test_labels",
        QT_TRANSLATE_NOOP("tensors", "Which digit each of these is, 0 to 9."),
        ("samples",),
        lambda digits: digits.test_labels,
    ),
)
"""In the order of the chapter: by rank, by kind of data, then the arrays of its example."""


def preset(identifier: str) -> Preset:
    """The preset of this identifier; KeyError if there is none."""
    for one in PRESETS:
        if one.identifier == identifier:
            return one
    raise KeyError(identifier)
