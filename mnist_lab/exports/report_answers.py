"""Which digits a network takes for which, as a table, and its worst mistakes, as pictures."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Images
from mnist_lab.experiment import CLASSES
from mnist_lab.exports.markup import Markup, joined, tag
from mnist_lab.exports.png import data_uri
from mnist_lab.exports.spelled import Say
from mnist_lab.inspection.evaluation import NO_ANSWER, Evaluation
from mnist_lab.palette import LIGHT
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_MISTAKES = 24
_STRONGEST = 0.45
"""Of a colour behind a number, so that this can be read."""
_LEAST_WORST = 0.005
"""Of a digit's images: where its commonest mistake is rarer, no mistake has the full colour."""


def confusion_table(answers: Evaluation, say: Say) -> Markup:
    """Counts: a row for each digit, a column for each answer."""
    counts = answers.confusion()
    images = np.bincount(answers.labels, minlength=CLASSES)
    head = [tag("th", say(QT_TRANSLATE_NOOP("report", "digit")), scope="col")]
    head += [tag("th", f"→ {digit}", scope="col") for digit in range(CLASSES)]
    head.append(tag("th", say(QT_TRANSLATE_NOOP("report", "right")), scope="col"))
    shares = counts / np.maximum(images, 1)[:, np.newaxis]
    worst = max(float(shares[~np.eye(CLASSES, dtype=np.bool_)].max()), _LEAST_WORST)
    rows = [_row(digit, counts[digit], int(images[digit]), worst) for digit in range(CLASSES)]
    words = say(QT_TRANSLATE_NOOP("report", "Rows: the digit that it is. Columns: the digit that the network answers."))
    if answers.unanswered_count:
        missing = say(
            QT_TRANSLATE_NOOP("report", "{count:,} images have no answer: their probabilities are no numbers.")
        )
        words += " " + missing.format(count=answers.unanswered_count)
    return tag(
        "table",
        tag("caption", words),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="confusion",
    )


def _row(digit: int, counts: NDArray[np.int64], images: int, worst: float) -> Markup:
    cells = [_cell(int(count), images, None if answer == digit else worst) for answer, count in enumerate(counts)]
    share = f"{100 * int(counts[digit]) / images:.1f}\u00a0%" if images else "–"
    return tag("tr", tag("th", str(digit), scope="row"), *cells, tag("td", share))


def _cell(count: int, images: int, worst: float | None) -> Markup:
    """One count; `worst`: the share of the commonest mistake, None where the answer is right."""
    share = count / images if images else 0.0
    strength = share if worst is None else share / worst
    colour = _mixed(LIGHT.right if worst is None else LIGHT.wrong, _STRONGEST * strength)
    return tag("td", f"{count:,}" if count else "·", style=f"background:{colour}")


def _mixed(colour: str, strength: float) -> str:
    """So much of a colour on white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * strength):02x}" for part in parts)


def mistake_pictures(answers: Evaluation, images: Images, say: Say) -> Markup:
    """The mistakes of which the network was most certain, the most certain first.

    Args:
        answers: to all of `images`.
        images: (n, 28, 28) uint8, 0 (paper) to 255 (ink).
        say: see `Say`.
    """
    wrong = [index for index in answers.mistakes()[:MOST_MISTAKES].tolist() if answers.predicted[index] != NO_ANSWER]
    return tag("ul", *(_mistake(index, answers, images[index], say) for index in wrong), class_="digits")


def _mistake(index: int, answers: Evaluation, image: NDArray[np.uint8], say: Say) -> Markup:
    label, answer = int(answers.labels[index]), int(answers.predicted[index])
    certain = f"{100 * float(answers.confidences[index]):.1f}\u00a0%"
    words = QT_TRANSLATE_NOOP("report", "Test image {index:,}: the digit {label}, taken for {answer} with {certain}")
    told = say(words).format(index=index, label=label, answer=answer, certain=certain)
    picture = tag("img", src=data_uri(255 - image), alt=told, title=told, width=64, height=64)
    caption = tag("figcaption", tag("b", f"{label} → {answer}"), tag("br"), certain)
    return tag("li", tag("figure", joined(picture, caption)))
