"""The glossary, and what it says of one control: a window beside the lab's own, which goes on meanwhile."""

from html import escape

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mnist_lab.course.glossary import GlossaryEntry
from mnist_lab.window import theme
from mnist_lab.window.shell.help import explaining
from mnist_lab.window.shell.help.explaining import SHOW_LINK, WORD_LINK, as_html, link
from mnist_lab.window.shell.help.help_text import HelpText
from mnist_lab.window.shell.help.topic import Topic
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.words import fill

_WIDTH, _HEIGHT, _LIST_WIDTH = 640, 460, 170


class HelpDialog(QDialog):
    """Lists the words at the left and shows one at the right. Escape closes it.

    Attributes:
        topic: what is shown.

    Signals:
        show_wanted(str): the id of a word that is to be shown in the lab.
        topic_changed(Topic): something else is shown.
    """

    show_wanted = Signal(str)
    topic_changed = Signal(object)

    def __init__(self, topic: Topic, parent: QWidget) -> None:
        super().__init__(parent)
        self.topic = topic
        self._before: list[Topic] = []
        self.setObjectName("helpDialog")
        self.setWindowTitle(self.tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_words()
        self._text = HelpText(self)
        self._text.anchorClicked.connect(self._on_link)
        self._make_buttons()
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self._filter)
        left.addWidget(self._words, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.GAP)
        right.addWidget(self._text, 1)
        right.addLayout(self._row)
        whole = QHBoxLayout(self)
        whole.setSpacing(theme.GAP)
        whole.addLayout(left)
        whole.addLayout(right, 1)
        self.resize(self.sizeHint())
        self._show()
        if topic.title:
            self._text.setFocus()  # to be read; a word is looked for otherwise

    def _make_words(self) -> None:
        self._filter = QLineEdit(self)
        self._filter.setObjectName("wordFilter")
        self._filter.setAccessibleName(self.tr("Look for a word"))
        self._filter.setToolTip(self.tr("List only the words that have these letters in them."))
        self._filter.setPlaceholderText(self.tr("Look for a word"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._on_filter)
        self._words = QListWidget(self)
        self._words.setObjectName("wordList")
        self._words.setAccessibleName(self.tr("Words of the glossary"))
        self._words.setToolTip(self.tr("The words of the field; arrow keys go through them."))
        self._words.setSpacing(1)
        self._words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in explaining.entries().values():
            item = QListWidgetItem(entry.term, self._words)
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            item.setToolTip(entry.term)
        for widget in (self._filter, self._words):
            widget.setFixedWidth(theme.fonts.scaled(_LIST_WIDTH))
        self._words.currentItemChanged.connect(self._on_word)

    def _make_buttons(self) -> None:
        back = self.tr("Back to what was shown before (Alt+Left).")
        self._back = named_button("helpBackButton", "ph.caret-left", self.tr("&Back"), back, self)
        self._back.setShortcut("Alt+Left")
        show = self.tr("Turn to the place in the lab where this can be seen, and light it up.")
        self._show_me = named_button("showMeButton", "ph.eye", self.tr("&Show me"), show, self)
        self._show_me.set_primary(True)
        close = self.tr("Close help (Esc).")
        self._close = named_button("closeHelpButton", "ph.x", self.tr("Close"), close, self)
        self._back.clicked.connect(self._on_back)
        self._show_me.clicked.connect(lambda: self.show_wanted.emit(self.topic.words[0]))
        self._close.clicked.connect(self.reject)
        for button in (self._back, self._show_me, self._close):
            button.setAutoDefault(False)
        self._row = QHBoxLayout()
        self._row.addWidget(self._back)
        self._row.addStretch(1)
        self._row.addWidget(self._show_me)
        self._row.addWidget(self._close)

    def sizeHint(self) -> QSize:
        """Room for a word with its picture, as far as the window has it."""
        wanted = QSize(theme.fonts.scaled(_WIDTH), theme.fonts.scaled(_HEIGHT))
        window = self.parentWidget()
        return wanted if window is None else wanted.boundedTo(window.window().size())

    # What is shown

    def show_topic(self, topic: Topic) -> None:
        """Show a word or a control; Back leads to what was shown before."""
        if topic != self.topic:
            self._before.append(self.topic)
            self.topic = topic
            self._show()

    def _show(self) -> None:
        topic = self.topic
        entries = [explaining.entries()[word] for word in topic.words]
        self._text.show_html(self._about(topic, entries) if topic.title else self._word(entries[0]))
        self._back.setEnabled(bool(self._before))
        self._choose(topic.words[0])
        self.topic_changed.emit(topic)

    def _choose(self, word: str) -> None:
        """Mark the word in the list, which then says nothing of it."""
        self._words.blockSignals(True)
        for row in range(self._words.count()):
            if self._words.item(row).data(Qt.ItemDataRole.UserRole) == word:
                self._words.setCurrentRow(row)
        self._words.blockSignals(False)

    def _about(self, topic: Topic, entries: list[GlossaryEntry]) -> str:
        head = f"<h2>{escape(topic.title)}</h2>{explaining.tip_html(topic.tip)}"
        return head + "".join(self._section(entry) for entry in entries)

    def _section(self, entry: GlossaryEntry) -> str:
        shown = link(SHOW_LINK, entry.id, self.tr("Show me"))
        return (
            f"<h3>{link(WORD_LINK, entry.id, entry.term)}</h3>{self._text.picture(entry.id)}"
            f"<p>{as_html(entry.text)} {shown}</p>"
        )

    def _word(self, entry: GlossaryEntry) -> str:
        related = [explaining.entries()[word] for word in entry.word.related]
        links = ", ".join(link(WORD_LINK, one.id, one.term) for one in related)
        also = fill(escape(self.tr("See also: {words}")), words=links)
        return f"<h2>{escape(entry.term)}</h2>{self._text.picture(entry.id)}<p>{as_html(entry.text)}</p><p>{also}</p>"

    # What a person does

    @Slot(QUrl)
    def _on_link(self, address: QUrl) -> None:
        kind, _colon, word = address.toString().partition(":")
        if f"{kind}:" == SHOW_LINK:
            self.show_wanted.emit(word)
        else:
            self.show_topic(Topic((word,)))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_word(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_topic(Topic((item.data(Qt.ItemDataRole.UserRole),)))

    @Slot()
    def _on_back(self) -> None:
        self.topic = self._before.pop()
        self._show()

    @Slot(str)
    def _on_filter(self, letters: str) -> None:
        wanted = letters.strip().casefold()
        for row in range(self._words.count()):
            item = self._words.item(row)
            item.setHidden(wanted not in item.text().casefold())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the field, Down goes to the list and Enter to the first word of it."""
        if self._filter.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            listed = [row for row in range(self._words.count()) if not self._words.item(row).isHidden()]
            if listed:
                self._words.setCurrentRow(listed[0])
                self._words.setFocus()
            return
        super().keyPressEvent(event)
