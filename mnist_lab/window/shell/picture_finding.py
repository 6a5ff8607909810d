"""Which widgets of a page are pictures, which picture is meant, and what belongs to it."""

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from mnist_lab.window.picture_mode import Role
from mnist_lab.window.widgets.basic.card_tabs import CardTabs
from mnist_lab.window.widgets.basic.panel import Panel

_PICTURES = ("mnist_lab.window.pages.", "mnist_lab.window.widgets.")
"""Where a widget that paints itself shows values, unless it says otherwise."""
_WORDS = "mnist_lab.window.widgets.basic."
"""Where it paints words, and signs beside them."""
_FIELDS = (QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
_CONTROLS = (*_FIELDS, QAbstractButton, QAbstractItemView, QPlainTextEdit, QTabBar, QTextEdit)
_MADE_OF_FIELDS = "mnist_lab.window.widgets.fields."


def role_of(widget: QWidget) -> Role | None:
    """What a widget that paints itself is; None for one that does not."""
    if isinstance(widget, _CONTROLS):  # a list, a listing: words
        return None
    painting = (kind for kind in type(widget).__mro__ if "paintEvent" in vars(kind))
    module = next(painting).__module__  # QWidget paints, too
    role: Role = getattr(type(widget), "PICTURE_ROLE", "picture")
    return role if module.startswith(_PICTURES) and not module.startswith(_WORDS) else None


def pictures_in(root: QWidget) -> list[QWidget]:
    """The pictures that are seen in `root`, itself among them."""
    return [one for one in _seen(root) if role_of(one) == "picture" and not one.size().isEmpty()]


def named_pictures(page: QWidget) -> list[tuple[str, QWidget]]:
    """The pictures that are seen on a page with their names, in the order in which one reads them."""

    def place(picture: QWidget) -> tuple[tuple[int, int], ...]:
        widgets = (group_of(picture, page), picture)
        corners = (widget.mapTo(page, widget.rect().topLeft()) for widget in widgets)
        return tuple((corner.y(), corner.x()) for corner in corners)

    return [(name_of(picture, page), picture) for picture in sorted(pictures_in(page), key=place)]


def picture_of(widget: QWidget | None, page: QWidget) -> QWidget | None:
    """The picture that a widget of the page is, is a part of, or goes with; None if there is none."""
    while widget is not None and widget is not page:
        role = role_of(widget)
        if role == "picture":
            return widget
        if role == "companion":
            return _beside(widget, page)
        widget = widget.parentWidget()
    return None


def group_of(picture: QWidget, page: QWidget) -> QWidget:
    """The largest widget around a picture that shows no other: its panel, or what lies there without any control.

    The picture itself, where it stands among others, or beside controls.
    """
    group, around = picture, picture.parentWidget()
    while around is not None and around is not page and pictures_in(around) == [picture]:
        if isinstance(around, Panel | CardTabs):
            return around
        if not any(is_control(one) for one in _seen(around)):  # else only a panel around it is its own
            group = around
        around = around.parentWidget()
    return group


def name_of(picture: QWidget, page: QWidget) -> str:
    """What a picture is called: by its panel or tab, if that is about nothing else, or by itself."""
    group = group_of(picture, page)
    if isinstance(group, CardTabs):
        return group.tabs.tabText(group.tabs.currentIndex()).replace("&", "")
    return group.heading if isinstance(group, Panel) else picture.accessibleName()


def companions_of(picture: QWidget) -> list[QWidget]:
    """Scales and legends that stand beside a picture which has others beside it."""
    panel: QWidget | None = picture
    while panel is not None and not isinstance(panel, Panel | CardTabs):
        panel = panel.parentWidget()
    root = panel or picture.parentWidget()
    return [] if root is None else [one for one in _seen(root) if role_of(one) == "companion"]


def _beside(companion: QWidget, page: QWidget) -> QWidget | None:
    """The picture nearest to a scale or a legend, outwards from it."""
    around: QWidget | None = companion
    while around is not None and around is not page:
        found = pictures_in(around)
        if found:
            return found[0]
        around = around.parentWidget()
    return None


def _seen(root: QWidget) -> Iterator[QWidget]:
    """A widget and all that is seen in it; of a picture that scrolls, not what it is made of."""
    yield root
    if role_of(root) == "picture" and isinstance(root, QAbstractScrollArea):
        return
    for child in root.children():
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow():
            yield from _seen(child)


def is_control(widget: QWidget) -> bool:
    """Whether one acts on it: it never belongs to a picture."""
    return isinstance(widget, _CONTROLS) or type(widget).__module__.startswith(_MADE_OF_FIELDS)


def is_words(widget: QWidget) -> bool:
    """Whether a widget is words that are read with a picture; not what a field is called, in a line with it."""
    around = widget.parentWidget()
    if not isinstance(widget, QLabel) or not widget.text() or widget.buddy() is not None or around is None:
        return False
    if isinstance(around, Panel) and widget.text() == around.heading:
        return True
    beside = (one for one in around.children() if isinstance(one, QWidget) and not one.isHidden() and _is_field(one))
    return not any(one.y() <= widget.geometry().center().y() <= one.geometry().bottom() for one in beside)


def _is_field(widget: QWidget) -> bool:
    return isinstance(widget, _FIELDS) or type(widget).__module__.startswith(_MADE_OF_FIELDS)
