"""What was entered in a line, to go back and forth in; kept outside the line, which comes and goes with its page."""


class EntryHistory:
    """The texts that were entered, and where one stands among them.

    Attributes:
        texts: what was entered, oldest first, without repeating the last one.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._place = 0
        self._draft = ""

    def remember(self, text: str) -> None:
        """Add a text and stand at the end."""
        if text and self.texts[-1:] != [text]:
            self.texts.append(text)
        self._place = len(self.texts)

    def text_at(self, step: int, text: str) -> str:
        """Go a step on, or back if negative, from where one stands; `text` is what the line shows now."""
        if self._place == len(self.texts):
            self._draft = text
        texts = [*self.texts, self._draft]
        self._place = min(max(self._place + step, 0), len(texts) - 1)
        if step < 0 and texts[self._place] == text and self._place > 0:
            self._place -= 1  # what stands there already is no way back
        return texts[self._place]
