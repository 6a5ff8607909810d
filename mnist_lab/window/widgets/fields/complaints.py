"""One place for what is wrong with the fields of a form."""

from functools import partial
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.window.widgets.basic.notice import Notice, Severity
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from mnist_lab.window.words import fill

NumberField = WholeNumberBox | RealNumberBox
_LINES = 3


class Complaints(Notice):
    """Tells the problem of one field at a time, with the field's name where there are several.

    What became of a text that was refused is settled: it is told until one goes on to another control of the form.
    Where no field has a problem it says what it is told to, as any notice. Its room is always kept: a field must not
    move away from under the mouse, nor from who types in it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: list[NumberField] = []
        self._other: tuple[str, Severity, bool] = ("", "info", False)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    def add_field(self, field: NumberField) -> None:
        """Tell this field's problems, too."""
        if not self._fields:
            self.reserve_lines(_LINES)
        self._fields.append(field)
        field.problem_changed.connect(partial(self._on_problem_changed, field))

    def show_message(self, text: str, severity: Severity = "info", *, has_links: bool = False) -> None:
        """Say `text` as soon as no field has a problem."""
        self._other = text, severity, has_links
        self._show()

    def drop_fields(self, form: QWidget) -> None:
        """Tell nothing more of the fields in `form`, which is about to go."""
        self._fields = [field for field in self._fields if not form.isAncestorOf(field)]
        self._show()

    @Slot()
    def settle(self) -> None:
        """Tell no more of texts that were refused: something else was done with the form, or with what came of it."""
        for field in list(self._fields):
            field.forget_refused()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not self.text or now is None or not self._form_has(now):
            return
        for field in list(self._fields):
            if field is not now:
                field.forget_refused(now)

    def _form_has(self, widget: QWidget) -> bool:
        """Whether a widget is in what all fields are in; of a single field that is the window."""
        form = self._fields[0].parentWidget() if len(self._fields) > 1 else self.window()
        while form is not None and not all(map(form.isAncestorOf, self._fields)):
            form = form.parentWidget()
        return form is not None and form.isAncestorOf(widget)

    def _on_problem_changed(self, field: NumberField, problem: str) -> None:
        if problem:
            self._fields.remove(field)
            self._fields.insert(0, field)
        self._show()

    def _show(self) -> None:
        """Tell of a text that cannot be used, the newest; else of one that was taken back."""
        wrong = [field for field in self._fields if field.problem]
        bad = [field for field in wrong if field.has_bad_text]
        if wrong:
            super().show_message(self._sentence((bad or wrong)[0]), "error" if bad else "warning")
        else:
            text, severity, has_links = self._other
            super().show_message(text, severity, has_links=has_links)

    def _sentence(self, field: NumberField) -> str:
        if len(self._fields) == 1:
            return field.problem
        return fill(self.tr("{field}: {problem}"), field=field.accessibleName(), problem=field.problem)
