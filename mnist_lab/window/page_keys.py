"""Every key that the lab takes beside its menus, once: pictures say these lines, shortcuts are made of them.

The list of keyboard shortcuts shows them by page, and a test presses every key on every picture.
"""

from PySide6.QtGui import QKeySequence

from mnist_lab.window.keyboard import KeyGroup, KeyHint
from mnist_lab.words import QT_TRANSLATE_NOOP

_STANDARD = QKeySequence.StandardKey
_ARROWS = ("Left", "Right", "Up", "Down")
_OPENING = ("Return", "Space")
_WHOLE = KeyHint(("0",), QT_TRANSLATE_NOOP("keys", "shows everything"))
_CLOSER = KeyHint(("+", "-"), QT_TRANSLATE_NOOP("keys", "look closer, less close"))
_ENDS = KeyHint(("Home", "End"), QT_TRANSLATE_NOOP("keys", "first and last"))
_AWAY = KeyHint(("Esc",), QT_TRANSLATE_NOOP("keys", "lets go"))

START, PAUSE, STEP, STOP = "Ctrl+Return", "Ctrl+P", "F10", "Ctrl+."
"""Of the menu Run; the buttons name them, too."""
HELP = "F1"
"""Of the menu Help; what is said of a control names it, too."""

UNDO = KeyHint((_STANDARD.Undo,), QT_TRANSLATE_NOOP("keys", "takes the last change back"))
REDO = KeyHint((_STANDARD.Redo, "Ctrl+Y"), QT_TRANSLATE_NOOP("keys", "makes it again"))
PASTE = KeyHint((_STANDARD.Paste,), QT_TRANSLATE_NOOP("keys", "lays the copied picture on the pad"))
DELETE = KeyHint(("Del",), QT_TRANSLATE_NOOP("keys", "removes the chosen digit"))
COPY = KeyHint((_STANDARD.Copy,), QT_TRANSLATE_NOOP("keys", "copies all steps"))

COPY_SETTINGS = KeyHint((_STANDARD.Copy,), QT_TRANSLATE_NOOP("keys", "copies the settings as text"))
PASTE_SETTINGS = KeyHint((_STANDARD.Paste,), QT_TRANSLATE_NOOP("keys", "pastes settings"))
SETTINGS = KeyGroup(QT_TRANSLATE_NOOP("keys", "Settings on Train, outside the fields"), (COPY_SETTINGS, PASTE_SETTINGS))
EVERYWHERE = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Everywhere"),
    (
        KeyHint(("Tab", "Shift+Tab"), QT_TRANSLATE_NOOP("keys", "to the next control, and back")),
        KeyHint(("Space", "Return"), QT_TRANSLATE_NOOP("keys", "presses the button that has the keyboard")),
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "turn the tabs, when the keyboard is there")),
        KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "go through a list, or change a number by one step")),
        KeyHint(
            ("Esc",),
            QT_TRANSLATE_NOOP("keys", "takes back what was typed; closes a question or message; goes back to now"),
        ),
        KeyHint(("Menu", "Shift+F10"), QT_TRANSLATE_NOOP("keys", "copy or save the picture that has the keyboard")),
    ),
)
CELLS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Pictures of numbers"),
    (KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "read the next one")), _AWAY),
)
CHOICE_OF_CELLS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Pictures in which one chooses a number"),
    (*CELLS.hints, KeyHint(_OPENING, QT_TRANSLATE_NOOP("keys", "choose it"))),
)
CONFUSION = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Table of answers"),
    (CELLS.hints[0], KeyHint(_OPENING, QT_TRANSLATE_NOOP("keys", "show the images behind it"))),
)
ARRAYS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Pictures of arrays"),
    (
        KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "read the next cell")),
        KeyHint(("PgUp", "PgDown"), QT_TRANSLATE_NOOP("keys", "go through the stack")),
        _AWAY,
    ),
)
PLOT = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Curves"),
    (KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "read point by point")), _ENDS, _CLOSER, _WHOLE, _AWAY),
)
RUN_PLOT = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Curves of the run"),
    (
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "read batch by batch")),
        KeyHint(("PgUp", "PgDown"), QT_TRANSLATE_NOOP("keys", "read epoch by epoch")),
        _CLOSER,
        _WHOLE,
        _ENDS,
        _AWAY,
    ),
)
TRAIN_PLOT = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Curves on Train"),
    (
        *RUN_PLOT.hints[:2],
        KeyHint(("Return",), QT_TRANSLATE_NOOP("keys", "shows the network of that update")),
        *RUN_PLOT.hints[2:],
    ),
)
SHARES = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Curves of accuracy"),
    (KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "read point by point")), _ENDS, _WHOLE),
)
LAYERS = KeyGroup(QT_TRANSLATE_NOOP("keys", "Curves of the layers"), (_CLOSER, _WHOLE))
POINTS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Map"),
    (
        KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "go to the next digit")),
        KeyHint(_OPENING, QT_TRANSLATE_NOOP("keys", "lay it on the pad")),
        _WHOLE,
        _AWAY,
    ),
)
RUN_POINTS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Points of runs"),
    (
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "read run by run")),
        KeyHint(_OPENING, QT_TRANSLATE_NOOP("keys", "open the run")),
        _ENDS,
        _WHOLE,
        _AWAY,
    ),
)
GALLERY = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Rows of images"),
    (
        KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "choose an image")),
        KeyHint(("PgUp", "PgDown"), QT_TRANSLATE_NOOP("keys", "turn pages")),
        _ENDS,
    ),
    first=2,
)
OPENING_GALLERY = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Rows of images that open"),
    (GALLERY.hints[0], KeyHint(("Return",), QT_TRANSLATE_NOOP("keys", "opens it")), *GALLERY.hints[1:]),
    first=2,
)
TILES = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Tiles of weights"),
    (
        KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "choose a unit")),
        KeyHint(_OPENING, QT_TRANSLATE_NOOP("keys", "open it")),
        KeyHint(("PgUp", "PgDown"), QT_TRANSLATE_NOOP("keys", "turn pages")),
        KeyHint(("+", "-"), QT_TRANSLATE_NOOP("keys", "larger, smaller tiles")),
        _ENDS,
    ),
)
NETWORK = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Picture of the network"),
    (
        KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "walk along units and lines")),
        KeyHint(("Space",), QT_TRANSLATE_NOOP("keys", "keeps it lit")),
        KeyHint(("Return",), QT_TRANSLATE_NOOP("keys", "opens the unit")),
        KeyHint(tuple(f"Shift+{arrow}" for arrow in _ARROWS), QT_TRANSLATE_NOOP("keys", "walk from pixel to pixel")),
        _AWAY,
    ),
    first=3,
)
UNIT_BARS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Bars of units"),
    (
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "choose a unit")),
        KeyHint(("PgUp", "PgDown"), QT_TRANSLATE_NOOP("keys", "turn pages")),
        _ENDS,
    ),
)
PAD = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Drawing pad"),
    (
        KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "move the pen")),
        KeyHint(("Space",), QT_TRANSLATE_NOOP("keys", "pen down, up")),
        KeyHint(("Del", "Backspace"), QT_TRANSLATE_NOOP("keys", "empties the pad")),
        KeyHint(tuple(f"Shift+{arrow}" for arrow in _ARROWS), QT_TRANSLATE_NOOP("keys", "move the pen farther")),
        KeyHint(("Esc",), QT_TRANSLATE_NOOP("keys", "lifts the pen")),
        UNDO,
        REDO,
    ),
    first=3,
)
PAD_PAGE = KeyGroup(QT_TRANSLATE_NOOP("keys", "Anywhere on this page"), (PASTE,))
KEEP_WRITTEN = KeyHint(("Return",), QT_TRANSLATE_NOOP("keys", "keeps the digit that is on the pad"))
HAND = KeyGroup(QT_TRANSLATE_NOOP("keys", "Drawing pad, while a hand is learned"), (KEEP_WRITTEN,))
HAND_DIGITS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Digits of your hand"),
    (
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "choose a digit")),
        KeyHint(("Del",), QT_TRANSLATE_NOOP("keys", "lays it on the pad again, to be written anew")),
    ),
)
OWN_DIGITS = KeyGroup(QT_TRANSLATE_NOOP("keys", "Your digits"), (DELETE,))
EDITS = KeyGroup(QT_TRANSLATE_NOOP("keys", "Edits"), (UNDO,))
STAGES = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Numbered parts"),
    (
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "to the part beside")),
        KeyHint(tuple("123456789"), QT_TRANSLATE_NOOP("keys", "to that part")),
        _ENDS,
    ),
)
FORMULA = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Fields for formulas"),
    (
        KeyHint(("Return",), QT_TRANSLATE_NOOP("keys", "takes what was typed")),
        KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "go through what was typed before")),
    ),
)
DESCENT = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "The curve one walks down"),
    (
        KeyHint(("Space",), QT_TRANSLATE_NOOP("keys", "runs, pauses")),
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "one step back, forward")),
        KeyHint(("Shift+Left", "Shift+Right"), QT_TRANSLATE_NOOP("keys", "move the start")),
        _CLOSER,
        _WHOLE,
        _AWAY,
    ),
    first=3,
)
RESTORE = KeyHint((_STANDARD.Undo,), QT_TRANSLATE_NOOP("keys", "brings it back"))
OPEN_RUN = KeyHint(("Return",), QT_TRANSLATE_NOOP("keys", "opens it"))
RUN_TABLE = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Table of runs"),
    (
        KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "choose a run")),
        OPEN_RUN,
        KeyHint(("Del",), QT_TRANSLATE_NOOP("keys", "deletes it")),
        RESTORE,
        KeyHint(("F2",), QT_TRANSLATE_NOOP("keys", "names it")),
        KeyHint(("*",), QT_TRANSLATE_NOOP("keys", "stars it")),
        KeyHint(("Shift+Up", "Shift+Down"), QT_TRANSLATE_NOOP("keys", "choose several")),
    ),
    first=6,
)
SWEEP_TABLE = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Table of a sweep"),
    (KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "choose a run")), OPEN_RUN),
)
FAMILY = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Family of a run"),
    (
        KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "choose a run")),
        OPEN_RUN,
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "fold and unfold")),
    ),
)
STEPS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Plots against steps"),
    (
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "read step by step")),
        KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "another optimizer")),
        KeyHint(("PgUp", "PgDown"), QT_TRANSLATE_NOOP("keys", "ten steps on, back")),
        _ENDS,
        _CLOSER,
        _WHOLE,
        _AWAY,
    ),
    first=2,
)
STEP_TABLE = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Table of steps"),
    (KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "choose a step")), COPY, _AWAY),
)
WAYS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Plots of the listings"),
    (KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "read step by step")), _ENDS, _WHOLE, _AWAY),
)
LINE = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "The curve and its line"),
    (
        KeyHint(("Left", "Right"), QT_TRANSLATE_NOOP("keys", "move the point")),
        KeyHint(("Shift+Left", "Shift+Right"), QT_TRANSLATE_NOOP("keys", "change ε")),
        KeyHint(("+", "-"), QT_TRANSLATE_NOOP("keys", "turn the microscope")),
        _WHOLE,
    ),
)
EFFECTS = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "Which setting of a sweep mattered"),
    (KeyHint(("Up", "Down"), QT_TRANSLATE_NOOP("keys", "read value by value")), _ENDS, _AWAY),
)
SURFACE = KeyGroup(
    QT_TRANSLATE_NOOP("keys", "The surface"),
    (KeyHint(_ARROWS, QT_TRANSLATE_NOOP("keys", "move the start")), _WHOLE),
)

ON_PAGES: dict[str, tuple[KeyGroup, ...]] = {
    "dataPage": (GALLERY, CELLS),
    "trainPage": (SETTINGS, TRAIN_PLOT, TILES, NETWORK, PLOT),
    "weightsPage": (TILES, OPENING_GALLERY, CELLS, CHOICE_OF_CELLS, LAYERS, EDITS),
    "evaluatePage": (CONFUSION, OPENING_GALLERY, SHARES, POINTS, CELLS),
    "drawPage": (PAD, PAD_PAGE, NETWORK, CELLS, UNIT_BARS, OPENING_GALLERY, OWN_DIGITS, HAND, HAND_DIGITS),
    "descentPage": (
        DESCENT,
        STEPS,
        STEP_TABLE,
        FORMULA,
        LINE,
        SURFACE,
        WAYS,
        STAGES,
        PLOT,
        CELLS,
        CHOICE_OF_CELLS,
        GALLERY,
    ),
    "tensorsPage": (FORMULA, ARRAYS),
    "experimentsPage": (PLOT, SWEEP_TABLE, EFFECTS),
    "runsPage": (RUN_TABLE, RUN_PLOT, RUN_POINTS, CELLS, FAMILY),
}
"""Which there are on each page, in the order in which one meets them."""
