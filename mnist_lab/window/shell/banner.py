"""A sentence across the bottom of the window that stays until it is read, or until what failed has gone well."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from mnist_lab.runs.run import State
from mnist_lab.window import theme
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.notice import Notice, Severity

_EDGE = 1
"""The line above it, in logical pixels, as the style sheet draws it."""

Success = Callable[[], object]
"""What went well last: another object after each success, None before the first."""


class Banner(QFrame):
    """Shows the newest problem, news or offer, with a button to put it away; over the status line: nothing moves.

    A problem goes by itself with the next success of its kind: digits that can be read, a run that trains, own digits
    that are kept; what was in the way goes when it no longer is. Whatever else failed goes with the next drawing, or
    the next run that trains, or race, or sweep.
    """

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        """Tell the problems and the news of `lab`."""
        super().__init__(parent)
        self._lab = lab
        self._successes: tuple[tuple[Success, object], ...] = ()
        self._focused_before: QWidget | None = None
        self.setObjectName("problemBanner")
        self._notice = Notice(self)
        self._notice.setObjectName("problemNotice")
        self._offer: Offer | None = None
        self._accept = IconButton("ph.arrow-counter-clockwise", parent=self)
        self._accept.setObjectName("acceptOfferButton")
        self._accept.hide()
        self._decline = IconButton("ph.clock", parent=self)
        self._decline.setObjectName("declineOfferButton")
        self._decline.hide()
        self._close = IconButton("ph.x", parent=self)
        self._close.setObjectName("closeBannerButton")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.SMALL_GAP, theme.MARGIN, theme.SMALL_GAP)
        layout.addWidget(self._notice, 1)
        layout.addWidget(self._accept)
        layout.addWidget(self._decline)
        layout.addWidget(self._close)
        self.retranslate()
        self.hide()
        self._connect()

    def _connect(self) -> None:
        self._accept.clicked.connect(self._on_accepted)
        self._decline.clicked.connect(self._on_declined)
        self._close.clicked.connect(self.put_away)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        lab = self._lab
        lab.problem.connect(self.show_problem)
        lab.hindered.connect(self._on_hindered)
        lab.offered.connect(self.show_offer)
        lab.noticed.connect(self.show_deed)
        lab.supply.notice.connect(self.show_notice)
        lab.supply.problem.connect(self._on_no_digits)
        lab.own_digits.problem.connect(lambda _sentence: self._await(lambda: lab.own_digits.own))
        lab.changed.connect(self._on_changed)
        for several in (lab.race, lab.sweep):
            several.steered.connect(self.look)

    def retranslate(self) -> None:
        """Explain the buttons in the language of now; a sentence that was told stays as it was."""
        self._show_decline()
        self._close.setText(self.tr("Esc"))
        self._close.setAccessibleName(self.tr("Put this message away"))
        self._close.setToolTip(self.tr("Put this message away (Esc)."))

    @property
    def line_height(self) -> int:
        """Its height with a sentence of one line, in logical pixels."""
        return self._close.sizeHint().height() + 2 * theme.SMALL_GAP + _EDGE

    @Slot(str)
    def show_problem(self, sentence: str) -> None:
        """Show what is wrong, in place of the sentence before, unless the page in view says the same."""
        others = (notice for notice in self.window().findChildren(Notice) if notice is not self._notice)
        if any(notice.isVisible() and notice.text == sentence for notice in others):
            if self._offer is None:  # what it says of before holds no more
                self.put_away()
            return
        self._show(sentence, "error")
        lab = self._lab
        self._await(
            self._trained_run, lambda: lab.drawing, lambda: lab.race.lanes or None, lambda: lab.sweep.trials or None
        )

    @Slot(object)
    def _on_hindered(self, hindrance: Hindrance) -> None:
        """Let the newest problem go when that is no longer in the way."""
        if self._notice.text == hindrance.sentence:  # else the page in view says it
            self._await(lambda: None if hindrance.holds() else hindrance)

    @Slot(str)
    def show_notice(self, sentence: str) -> None:
        """Show what is done, in place of the sentence before."""
        self._show(sentence, "good")
        self._await()

    @Slot(str)
    def show_deed(self, sentence: str) -> None:
        """Show what was done as the learner wished, in place of the sentence before, until they do something else."""
        self._show(sentence, "good")
        self._await(self._trained_run, lambda: self._lab.draft.experiment)

    @Slot(str)
    def show_remark(self, sentence: str) -> None:
        """Show what is good to know, in place of the sentence before."""
        self._show(sentence, "info")
        self._await()

    @Slot(object)
    def show_offer(self, offer: Offer) -> None:
        """Show what has happened and what can be done about it, in place of the sentence before."""
        self._show(offer.sentence, "info", offer)
        self._await(lambda: None if offer.is_open() else offer)

    def _show(self, sentence: str, severity: Severity, offer: Offer | None = None) -> None:
        self._offer = offer
        self._accept.setVisible(offer is not None)
        self._decline.setVisible(offer is not None and offer.decline is not None)
        if offer is not None:
            self._accept.setText(offer.label)
            self._accept.setAccessibleName(offer.label.replace("&", ""))
            self._accept.setToolTip(offer.explanation)
            self._accept.set_icon(offer.icon)
            self._accept.set_primary(offer.is_primary)
            self._show_decline()
        self.show()
        self._notice.show_message(sentence, severity)

    def _show_decline(self) -> None:
        """Say on the button what it does: its words in the offer, or the usual ones."""
        label, explanation, offer = self.tr("Not now"), "", self._offer
        if offer is not None and offer.decline_label:
            label, explanation = offer.decline_label, offer.decline_explanation
        self._decline.setText(label)
        self._decline.set_icon("ph.compass" if explanation else "ph.clock")
        self._decline.setAccessibleName(label.replace("&", ""))
        self._decline.setToolTip(
            explanation or self.tr("Leave it as it is, and do not ask again: the Runs page can do it later.")
        )

    @property
    def _buttons(self) -> tuple[QWidget, ...]:
        return self._accept, self._decline, self._close

    @Slot()
    def _on_accepted(self) -> None:
        offer = self._offer
        self.put_away()
        if offer is not None:
            offer.accept()

    @Slot()
    def _on_declined(self) -> None:
        offer = self._offer
        self.put_away()
        if offer is not None and offer.decline is not None:
            offer.decline()

    @Slot()
    def put_away(self) -> None:
        """Show nothing, with the keyboard where it was before."""
        had_keyboard, before = QApplication.focusWidget() in self._buttons, self._focused_before
        if had_keyboard and before is not None and isValid(before):
            before.setFocus()
        self.hide()

    # What goes well

    def _await(self, *successes: Success) -> None:
        """Let the sentence go with the first of these successes; without any it stays."""
        self._successes = tuple((one, one()) for one in successes)

    @Slot(str)
    def _on_no_digits(self, _sentence: str) -> None:
        supply = self._lab.supply
        if supply.digits is not None:
            self._await(lambda: supply.digits)
        else:
            self._await()  # the starter set comes by itself: that is not what was wanted

    def _trained_run(self) -> object:
        run = self._lab.run
        return run if run is not None and run.updates and run.state is not State.FAILED else None

    @Slot(object)
    def _on_changed(self, _subjects: object) -> None:
        self.look()

    @Slot()
    def look(self) -> None:
        """See whether what is waited for has gone well by now, or what is offered was done in another way."""
        if any(one() is not None and one() is not before for one, before in self._successes):
            self._await()
            self.put_away()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if now in self._buttons and old not in self._buttons:
            self._focused_before = old
