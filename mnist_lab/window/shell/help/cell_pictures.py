"""Pictures of words that are best seen cell by cell; every number in them is computed or was recorded from a run."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from mnist_lab.window import theme
from mnist_lab.window.shell.help.recorded_run import ANSWERS, LOGITS
from mnist_lab.window.shell.help.sketch import Sketch
from mnist_lab.window.words import fill, spell_fixed, spell_percent, spell_whole

_DIGITS = 10
_LARGEST = 100
"""Test images of each digit in the recorded run."""


def one_hot(sketch: Sketch) -> None:
    """The label 3 as ten numbers."""
    label, area = 3, sketch.area
    wide = area.width() / _DIGITS
    numbers = [str(digit) for digit in range(_DIGITS)]
    sketch.words(
        QRectF(area.left(), area.top(), area.width(), 26), QCoreApplication.translate("word_pictures", "label 3")
    )
    for digit, words in enumerate(numbers):
        sketch.words(QRectF(area.left() + digit * wide, area.top() + 30, wide, 22), words, muted=True)
    ones = np.eye(_DIGITS, dtype=int)[label]
    sketch.cells([[str(one) for one in ones]], QPointF(area.left(), area.top() + 54), (wide, 36), lit=[(0, label)])


def softmax(sketch: Sketch) -> None:
    """Ten logits of a real answer, and the shares they become."""
    area, palette = sketch.area, sketch.palette
    z = np.array(LOGITS)
    shares = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    wide, best = area.width() / _DIGITS, int(z.argmax())
    middle = area.top() + 0.3 * area.height()
    for digit in range(_DIGITS):
        left = area.left() + digit * wide
        length = 0.024 * area.height() * float(z[digit])
        sketch.box(QRectF(left + 4, middle, wide - 8, -length).normalized(), palette.training_pale)
        bar = 0.3 * area.height() * float(shares[digit])
        sketch.box(QRectF(left + 4, area.bottom() - 18 - bar, wide - 8, bar), palette.accent)
        sketch.words(QRectF(left, area.bottom() - 17, wide, 17), str(digit), muted=True)
    left = area.left() + best * wide
    sketch.words(QRectF(left + wide, area.top() - 4, 3 * wide, 18), f"z = {spell_fixed(LOGITS[best], 1)}")
    at = area.bottom() - 18 - 0.22 * area.height()
    words = QCoreApplication.translate
    for top, says in ((area.top() - 4, words("word_pictures", "sums z")), (at, words("word_pictures", "shares"))):
        sketch.words(QRectF(area.right() - 2 * wide, top, 2 * wide, 18), says, muted=True)
    sketch.words(QRectF(left + wide, at, 3 * wide, 18), spell_percent(float(shares[best]), 2))


def dot_product(sketch: Sketch) -> None:
    """[1, 2, 3] · [4, 5, 6], number by number."""
    first, second = np.array((1, 2, 3)), np.array((4, 5, 6))
    area = sketch.area
    wide, high = min(64.0, area.width() / 6), 28.0
    left = area.left() + 4
    for row, line in enumerate((first, second)):
        sketch.cells([[str(one) for one in line]], QPointF(left, area.top() + row * (high + 8)), (wide, high))
    top = area.top() + 2 * (high + 8) + 6
    products = first * second
    sketch.cells([[str(one) for one in products]], QPointF(left, top), (wide, high), lit=[(0, one) for one in range(3)])
    says = " + ".join(str(one) for one in products) + f" = {products.sum()}"
    sketch.words(QRectF(left + 3 * wide + 8, top, area.right() - left - 3 * wide - 8, high), says)
    sketch.words(QRectF(left + 3 * wide + 4, area.top(), 24, 2 * high + 8), "×")


def matrix_product(sketch: Sketch) -> None:
    """(128, 784) times (784, 512): the shapes, to scale."""
    area, palette = sketch.area, sketch.palette
    scale = min(area.height() / 784, (area.width() - 70) / (784 + 512 + 512)) * 0.95
    left, middle = area.left(), area.center().y()
    for rows, columns, sign in ((128, 784, "·"), (784, 512, "="), (128, 512, "")):
        box = QRectF(left, middle - rows * scale / 2, columns * scale, rows * scale)
        sketch.box(box, palette.accent_soft if not sign else palette.hover)
        room = QRectF(box.left() - 8, middle - 9, box.width() + 16, 18)
        sketch.words(room, f"({rows}, {columns})")
        left = box.right() + 34
        sketch.words(QRectF(box.right() + 4, middle - 10, 26, 20), sign)


def broadcasting(sketch: Sketch) -> None:
    """A row added to each row of a table."""
    table, row = np.arange(1, 7).reshape(2, 3), np.array((10, 20, 30))
    area = sketch.area
    wide, high = min(40.0, area.width() / 11), 30.0
    top = area.top() + 16
    left = sketch.cells(_texts(table), QPointF(area.left(), top), (wide, high)).right()
    sketch.words(QRectF(left, top, wide, 2 * high), "+")
    repeated = np.broadcast_to(row, table.shape)
    box = sketch.cells(_texts(repeated), QPointF(left + wide, top), (wide, high), lit=[(0, 0), (0, 1), (0, 2)])
    sketch.words(QRectF(box.right(), top, wide, 2 * high), "=")
    sketch.cells(_texts(table + row), QPointF(box.right() + wide, top), (wide, high))
    says = QCoreApplication.translate("word_pictures", "the row is used for both rows")
    sketch.words(QRectF(box.left() - wide, box.bottom() + 6, box.width() + 2 * wide, 34), says, muted=True)


def reshape(sketch: Sketch) -> None:
    """(2, 3) becomes (3, 2): the same numbers in the same order."""
    numbers = np.arange(1, 7)
    area = sketch.area
    wide, top = 38.0, area.top() + 22
    for number, shape in enumerate(((2, 3), (3, 2), (6, 1))):
        left = area.left() + number * (area.width() / 3)
        high = min(30.0, (area.height() - 24) / shape[0])
        box = sketch.cells(_texts(numbers.reshape(shape)), QPointF(left, top), (wide, high))
        sketch.words(QRectF(left - 10, area.top() - 4, box.width() + 20, 22), str(shape), muted=True)


def slice_(sketch: Sketch) -> None:
    """images[2:5] of eight."""
    area, cut = sketch.area, slice(2, 5)
    wide = area.width() / 8
    chosen = range(8)[cut]
    texts = [[str(one) for one in range(8)]]
    sketch.cells(texts, QPointF(area.left(), area.top() + 30), (wide, 40), lit=[(0, one) for one in chosen])
    says = QCoreApplication.translate("word_pictures", "images[2:5]: from 2, up to but not 5")
    sketch.words(QRectF(area.left(), area.top() + 78, area.width(), 24), says)


def tensor(sketch: Sketch) -> None:
    """Rank 0 to 3."""
    area, side = sketch.area, 17.0
    quarter = area.width() / 4
    for rank in range(4):
        left = area.left() + rank * quarter
        for sheet in range(3 if rank == 3 else 1):
            rows, columns = (1 if rank < 2 else 3), (1 if rank == 0 else 4)
            at = QPointF(left + 7 * (2 - sheet) * (rank == 3), area.top() + 8 + 7 * sheet)
            sketch.cells([[""] * columns] * rows, at, (side, side))
        words = fill(QCoreApplication.translate("word_pictures", "rank {rank}"), rank=rank)
        sketch.words(QRectF(left, area.bottom() - 28, 4 * side, 22), words, muted=True)


def batch(sketch: Sketch) -> None:
    """The 4,000 images of the starter set in batches of 128: an epoch."""
    images, size = 4000, 128
    count = -(-images // size)
    area, palette = sketch.area, sketch.palette
    columns = 16
    wide, high = area.width() / columns, 26.0
    for number in range(count):
        held = min(size, images - number * size)
        box = QRectF(
            area.left() + (number % columns) * wide, area.top() + (number // columns) * (high + 6), wide - 3, high
        )
        sketch.box(box, palette.accent_soft if number == 0 else palette.hover, str(held))
    words = QCoreApplication.translate("word_pictures", "{images} images: {count} batches, {count} updates, one epoch")
    at = QRectF(area.left(), area.bottom() - 40, area.width(), 36)
    sketch.words(at, fill(words, images=spell_whole(images), count=count))


def dropout(sketch: Sketch) -> None:
    """Two batches, each with half of the outputs at 0, and the rest twice as large."""
    area, generator = sketch.area, np.random.default_rng(0)
    outputs = np.array((0.4, 1.1, 0.7, 0.9, 0.2, 1.3, 0.6, 0.8))
    wide, high = area.width() / (len(outputs) + 2.6), 28.0
    words = QCoreApplication.translate
    rows = [(words("word_pictures", "all outputs"), outputs)]
    for says in (words("word_pictures", "in one batch"), words("word_pictures", "in the next")):
        rows.append((says, outputs * (generator.random(len(outputs)) < 0.5) / 0.5))
    for row, (says, values) in enumerate(rows):
        top = area.top() + 4 + row * (high + 12)
        sketch.words(QRectF(area.left(), top, 2.5 * wide, high), says, muted=True)
        texts = [[spell_fixed(float(one), 1) for one in values]]
        lit = [(0, place) for place, one in enumerate(values) if one] if row else []
        sketch.cells(texts, QPointF(area.left() + 2.6 * wide, top), (wide, high), lit=lit)


def confusion_matrix(sketch: Sketch) -> None:
    """The answers of a real network to 1,000 test images."""
    area, palette = sketch.area, sketch.palette
    side = area.height() / (_DIGITS + 1)
    left = area.left() + 40
    fills = [
        [
            theme.mix(palette.panel, palette.right if row == column else palette.wrong, _depth(count, row == column))
            for column, count in enumerate(line)
        ]
        for row, line in enumerate(ANSWERS)
    ]
    texts = [[""] * _DIGITS] * _DIGITS
    box = sketch.cells(texts, QPointF(left, area.top()), (1.6 * side, side), fills=fills, colour=palette.line)
    for digit in range(_DIGITS):
        sketch.words(QRectF(left - 22, area.top() + digit * side, 20, side), str(digit), muted=True)
        place = QRectF(left + 1.6 * digit * side, box.bottom(), 1.6 * side, side)
        sketch.words(place, str(digit), muted=True)
    words = QCoreApplication.translate(
        "word_pictures", "rows: true digit; columns: answer. 9 times a 7 was taken for a 3"
    )
    sketch.words(QRectF(box.right() + 10, area.top(), area.right() - box.right() - 10, area.height()), words)


def _depth(count: int, is_right: bool) -> float:
    """How strong the colour of a cell is: mistakes are few, and shall be seen all the same."""
    return count / _LARGEST if is_right else min(1.0, count / _DIGITS)


def _texts(numbers: np.ndarray) -> list[list[str]]:
    return [[str(one) for one in line] for line in numbers]
