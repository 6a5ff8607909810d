"""How keys are told: what they do in a few words, spelled as on this system, and as shortcuts."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from mnist_lab.words import QT_TRANSLATE_NOOP

Key = str | QKeySequence.StandardKey
"""As Qt writes it in every language ("Left", "Shift+Tab"), or what the system has keys for, such as undoing."""

_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "-": "−"}
_NAMES = {
    "Return": QT_TRANSLATE_NOOP("keys", "Enter"),
    "Space": QT_TRANSLATE_NOOP("keys", "Space"),
    "PgUp": QT_TRANSLATE_NOOP("keys", "Page up"),
    "PgDown": QT_TRANSLATE_NOOP("keys", "Page down"),
    "Esc": QT_TRANSLATE_NOOP("keys", "Esc"),
    "Del": QT_TRANSLATE_NOOP("keys", "Delete"),
}
"""What Qt spells otherwise than the lab's sentences do, or only on some systems."""


@dataclass(frozen=True)
class KeyHint:
    """Some keys, and what they do.

    Attributes:
        keys: any of them does it, or each its own part of it.
        words: what, in a few words, to be looked up in the context "keys".
    """

    keys: tuple[Key, ...]
    words: str

    @property
    def sequences(self) -> list[QKeySequence]:
        """All keys as Qt has them here, each once."""
        found: list[QKeySequence] = []
        for key in self.keys:
            known = [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
            found += [one for one in known if one not in found]
        return found

    def spelled(self) -> str:
        """The keys as the learner reads them; of those that a system has for one thing, its usual ones."""
        return spell_each(QKeySequence(key) for key in self.keys)

    def said(self) -> str:
        """What they do, in the learner's language."""
        return QCoreApplication.translate("keys", self.words)


@dataclass(frozen=True)
class KeyGroup:
    """What one kind of picture or field takes.

    Attributes:
        title: what it is, to be looked up in the context "keys".
        hints: its keys.
        first: how many of the hints are worth the one line at the picture.
    """

    title: str
    hints: tuple[KeyHint, ...]
    first: int = 4

    def lines(self) -> tuple[str, ...]:
        """The keys in one line, for where one looks, and in ever shorter ones, down to the first hint alone."""
        said = [f"{hint.spelled()} {hint.said()}" for hint in self.hints[: self.first]]
        return tuple(" · ".join(said[:count]) for count in range(len(said), 0, -1))


def spell(sequence: QKeySequence) -> str:
    """A key, or keys pressed together, as on this system; with signs for arrows, and the lab's own names."""
    portable = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    key = portable[:-1].rpartition("+")[2] + portable[-1]  # the last one may be "+" itself
    native: str = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    named = QCoreApplication.translate("keys", _NAMES[key]) if key in _NAMES else _SIGNS.get(key, "")
    alone = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return native.removesuffix(alone) + named if named else native


def spell_each(sequences: Iterable[QKeySequence]) -> str:
    """Keys of which any does, each once: signs beside each other, names with commas, so that none seems held down."""
    spelled = list(dict.fromkeys(map(spell, sequences)))
    return (" " if all(len(key) == 1 for key in spelled) else ", ").join(spelled)


def add_shortcut(hint: KeyHint, widget: QWidget) -> QShortcut:
    """A shortcut with all keys of a hint, that acts while `widget` or something in it has the keyboard."""
    shortcut = QShortcut(widget)
    shortcut.setKeys(hint.sequences)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return shortcut


def with_key(words: str, hint: KeyHint) -> str:
    """The words of a button with the first key that does the same."""
    return f"{words} ({spell(hint.sequences[0])})"
