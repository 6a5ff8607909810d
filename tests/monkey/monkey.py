"""Who uses the window: one event after the other, drawn by chance."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from tests.monkey.hands import Hands
from tests.monkey.watch import FaultError, Watch, told_if_stuck

_END = object()
_MENU_MILLISECONDS = 50
"""A menu is looked at so long before it is answered."""


class Monkey:
    """Uses the window, and answers what it asks.

    Attributes:
        last: the last events, in words.
        counts: how often each kind was sent.
    """

    def __init__(self, window: Any, seed: int, watch: Watch, files: list[Path], log: TextIO | None) -> None:
        self.counts: Counter[str] = Counter()
        self._watch, self._files = watch, files
        self._chance = random.Random(seed)
        hands = Hands(window, self._chance, log)
        self.last = hands.last
        self._menu_chance = random.Random(seed)  # of its own: how often it is asked is a matter of time
        self._kinds: dict[Callable[[], Callable[[], Any] | None], int] = {
            hands.click: 30,
            hands.type: 10,
            hands.key: 22,
            hands.shortcut: 8,
            hands.wheel: 10,
            hands.drag: 12,
            hands.choose: 6,
            hands.turn_page: 6,
            hands.turn_tab: 5,
            hands.menu: 3,
            hands.resize: 2,
            hands.theme: 1,
            hands.rebuild: 1,
            hands.train: 3,
        }

    def act(self) -> None:
        """Send one event; what broke is told by `FaultError`."""
        kind = self._chance.choices(list(self._kinds), list(self._kinds.values()))[0]
        event = kind()
        if event is None:
            return
        self.counts[kind.__name__] += 1
        try:
            with self._menus_of_qt_answered(), told_if_stuck(self.last):
                steps = self._watch.time(event)
                if isinstance(steps, Iterator):  # of mouse or keys, each of which the window answers by itself
                    while self._watch.time(partial(next, steps, _END)) is not _END:
                        pass
        except RuntimeError as error:
            if "already deleted" not in str(error):  # an open list goes with the first of several keys
                raise
        self._watch.time(self._process)
        if self._watch.faults:
            raise FaultError("\n".join(self._watch.faults))

    @contextmanager
    def _menus_of_qt_answered(self) -> Iterator[None]:
        """A field's own menu of Copy and Paste waits in an event loop of Qt's, which `act` would wait for."""
        from PySide6.QtCore import QTimer

        timer = QTimer(interval=_MENU_MILLISECONDS)
        timer.timeout.connect(self._answer_menu)
        timer.start()
        try:
            yield
        finally:
            timer.stop()

    def _answer_menu(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        menu = QApplication.activePopupWidget()
        if menu is not None:
            key = Qt.Key.Key_Escape if self._menu_chance.random() < 0.5 else Qt.Key.Key_Down
            QTest.keyClick(menu, key)
            if key == Qt.Key.Key_Down:
                QTest.keyClick(menu, Qt.Key.Key_Return)

    def answer_file(self, *_arguments: object, **_named: object) -> Path | None:
        """Answer a question for a file."""
        return self._chance.choice([None, *self._files])

    def answer_files(self, *_arguments: object, **_named: object) -> list[Path]:
        """Answer a question for several files."""
        return self._chance.sample(self._files, self._chance.randrange(3))

    def answer(self, *_arguments: object, **_named: object) -> bool:
        """Answer another question."""
        return self._chance.random() < 0.5

    def _process(self) -> None:
        from PySide6.QtCore import QEvent
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        # Outside an event loop of Qt's own, what is to be deleted later would never be.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
