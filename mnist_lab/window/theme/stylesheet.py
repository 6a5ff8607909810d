"""The lab's style sheet: rounded fields, calm headings, one accent, and a focus ring on everything.

Properties that pages set on their widgets, before or after showing them (see `theme.set_role`):
    role="primary" | "compact" (QPushButton)        what can be pressed next; an icon alone, with little around it
    role="slim" (QPushButton, QSpinBox, QComboBox)  within a line of text, hardly higher than that
    role="film" (QSlider)                           over a bar that is its groove
    role="heading" | "caption" | "large" | "answer" | "wrongAnswer" (QLabel)   type and colour of a text
    isRich=True (QLabel)                            its text is HTML; other labels show theirs as it is written
    isMarkdown=True (QLabel)                        its text is Markdown
    role="card" (QFrame)                            a panel on the ground of the page
    role="task" | "outcome" (QFrame)                what a step of the course asks for, and what came of it
    role="navigation" (QListView)                   the list of pages
    problem=True (fields)                           the field cannot be used as it stands
    lit=True (fields, buttons, boxes to tick)       what is pointed at elsewhere belongs to it
"""

import string
from dataclasses import asdict
from pathlib import Path

from mnist_lab.palette import Palette
from mnist_lab.window.theme import fonts
from mnist_lab.window.theme.colours import mix

_MARKS = Path(__file__).parent / "marks"

_FIELDS = """
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $panel; color: $text; border: 1px solid $border; border-radius: 6px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent; padding: 3px 7px;
}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    background: $window; color: $faded; border-color: $line;
}
QLineEdit[problem="true"], QSpinBox[problem="true"], QDoubleSpinBox[problem="true"],
QLineEdit[problem="true"]:focus, QSpinBox[problem="true"]:focus, QDoubleSpinBox[problem="true"]:focus {
    border: 2px solid $wrong; padding: 3px 7px;
}
QSpinBox[lit="true"], QDoubleSpinBox[lit="true"], QComboBox[lit="true"] {
    background: $accent_soft; border-color: $accent;
}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    subcontrol-origin: border; width: ${spin}px; border: none; background: transparent;
}
QSpinBox::up-button, QDoubleSpinBox::up-button {
    subcontrol-position: top right; margin: 2px 2px 0 0; border-top-right-radius: 4px;
}
QSpinBox::down-button, QDoubleSpinBox::down-button {
    subcontrol-position: bottom right; margin: 0 2px 2px 0; border-bottom-right-radius: 4px;
}
QSpinBox::up-button:hover, QSpinBox::down-button:hover,
QDoubleSpinBox::up-button:hover, QDoubleSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$marks/up.svg"); width: ${arrow}px; height: ${arrow}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: url("$marks/down.svg"); width: ${arrow}px; height: ${arrow}px;
}
QComboBox { combobox-popup: 0; qproperty-maxVisibleItems: 24; }
QComboBox::drop-down { border: none; width: ${drop}px; }
QComboBox::down-arrow { image: url("$marks/down.svg"); width: ${arrow}px; height: ${arrow}px; }
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: 1px solid $border; border-radius: 0; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView:focus { border: 1px solid $border; }
QComboBox QAbstractItemView::item { padding: 4px 7px; }
"""

_BUTTONS = """
QPushButton, QToolButton {
    background: $panel; color: $text; border: 1px solid $border; border-radius: 6px; padding: 5px 12px;
    outline: none;
}
QToolButton { padding: 4px 8px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QToolButton:focus { border: 2px solid $accent; padding: 3px 7px; }
QPushButton[role="compact"] { padding: 5px; }
QPushButton[role="compact"]:focus { padding: 4px; }
QPushButton[role="slim"] { padding: 0 6px; font-size: ${small}pt; }
QPushButton[role="slim"]:focus { padding: 0 5px; margin: 0; }
QPushButton:disabled, QToolButton:disabled { background: $window; color: $faded; border-color: $line; }
QSpinBox[role="slim"], QComboBox[role="slim"] { padding: 0 6px; font-size: ${small}pt; }
QSpinBox[role="slim"]:focus, QComboBox[role="slim"]:focus { padding: 0 5px; }
QPushButton[role="primary"] { background: $accent; color: $accent_text; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $window; color: $faded; border-color: $line; }
QCheckBox, QRadioButton {
    color: $text; background: transparent; spacing: 8px; padding: 2px;
    border: 2px solid transparent; border-radius: 6px;
}
QCheckBox:focus, QRadioButton:focus, QSlider:focus { border: 2px solid $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faded; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ${box}px; height: ${box}px; background: $panel; border: 1px solid $border; border-radius: 4px;
}
QRadioButton::indicator { border-radius: ${disc}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$marks/check-$shade.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url("$marks/dot-$shade.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $window; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {
    border-color: $faded; background: $faded;
}
QPushButton[lit="true"], QToolButton[lit="true"], QCheckBox[lit="true"] {
    background: $accent_soft; border-color: $accent;
}
QSlider { border: 2px solid transparent; border-radius: 6px; min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal { width: 14px; margin: -5px 0; border-radius: 7px; background: $accent; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $border; }
QSlider::add-page:vertical { width: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:vertical { height: 14px; margin: 0 -5px; border-radius: 7px; background: $accent; }
QSlider::handle:hover { background: $accent_hover; }
QSlider::sub-page:disabled, QSlider::add-page:disabled, QSlider::handle:disabled { background: $border; }
QSlider[role="film"]::groove:horizontal, QSlider[role="film"]::sub-page:horizontal { background: transparent; }
QSlider[role="film"]::sub-page:horizontal:disabled { background: transparent; }
"""

_TEXTS = """
QLabel { color: $text; background: transparent; qproperty-textFormat: PlainText; }
QLabel[isRich="true"] { qproperty-textFormat: RichText; }
QLabel[isMarkdown="true"] { qproperty-textFormat: MarkdownText; }
QLabel:disabled { color: $faded; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="caption"] { color: $muted; font-size: ${small}pt; }
QLabel[role="large"] { font-size: ${large}pt; font-weight: 600; }
QLabel[role="answer"], QLabel[role="wrongAnswer"] { font-size: ${answer}pt; font-weight: 600; color: $accent; }
QLabel[role="wrongAnswer"] { color: $wrong; }
QLabel:focus { border: 2px solid $accent; border-radius: 6px; }
QLabel[focusPolicy="ClickFocus"]:focus { border: none; }
QGroupBox { border: none; margin-top: ${above}px; padding: 0; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 2px 0; color: $text; }
QFrame[role="card"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
#coursePanel { background: $panel; border: none; border-left: 1px solid $line; }
QFrame[role="task"] { background: $accent_soft; border: none; border-radius: 8px; }
QFrame[role="outcome"] { background: $panel; border: 1px solid $right; border-radius: 8px; }
#momentSign { background: $accent_soft; border: none; }
#problemBanner { background: $panel; border: none; border-top: 1px solid $border; }
QToolTip { background: $panel; color: $text; border: 1px solid $border; padding: 6px; }
"""

_PLACES = """
QListView, QTreeView, QTableView {
    background: $panel; color: $text; border: 1px solid $line; border-radius: 6px; gridline-color: $line; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; alternate-background-color: $window;
}
QListView:focus, QTreeView:focus, QTableView:focus { border: 2px solid $accent; }
QHeaderView { background: $panel; border: none; }
QTableCornerButton::section {
    background: $panel; border: none; border-bottom: 1px solid $line; border-top-left-radius: 5px;
}
QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 5px 8px; font-weight: 600;
}
#racersBoard QHeaderView::section:vertical { border: none; }
QListView[role="navigation"] { background: transparent; border: 2px solid transparent; padding: 4px; }
QListView[role="navigation"]:focus { border-color: $accent; border-radius: 8px; }
QListView[role="navigation"]::item { padding: 7px 4px; border-radius: 6px; color: $text; }
QListView[role="navigation"]::item:hover { background: $hover; }
QListView[role="navigation"]::item:selected { background: $accent_soft; color: $text; }
QTabBar::tab {
    background: transparent; color: $muted; padding: 7px 9px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected:focus { background: $accent_soft; border-radius: 4px; }
QTabBar::scroller { width: 48px; }
QTabBar QToolButton { padding: 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QScrollArea { border: none; background: transparent; }
QScrollArea:focus { border: 2px solid $accent; border-radius: 6px; }
QScrollBar { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar {
    background: $line; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; color: transparent;
}
QProgressBar::chunk { background: $training; border-radius: 4px; }
QMenuBar { background: $window; color: $text; }
QMenuBar::item { padding: 5px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faded; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $line; }
"""


def stylesheet(palette: Palette) -> str:
    """Return the whole style sheet in the colours of `palette`; what stands beside words is as large as they are."""
    box = fonts.scaled(14)
    values = asdict(palette) | {
        "handle": mix(palette.border, palette.window, 0.45),
        "faded": mix(palette.muted, palette.window, 0.35),
        "marks": _MARKS.as_posix(),
        "shade": "dark" if palette.is_dark else "light",
        "spin": fonts.scaled(22),
        "drop": fonts.scaled(24),
        "arrow": fonts.scaled(12),
        "box": box,
        "disc": (box + 2) // 2,  # with its border
        "above": fonts.scaled(26),
        "small": f"{fonts.points('small'):g}",
        "large": f"{fonts.points('large'):g}",
        "answer": f"{fonts.points('answer'):g}",
    }
    return string.Template(_FIELDS + _BUTTONS + _TEXTS + _PLACES).substitute(values)
