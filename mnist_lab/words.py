"""Words that layers without Qt hand to the window: marked for translation here, translated there."""

MOST_QUOTED = 200
"""Characters of a name or a text that a sentence quotes; a path or a formula may have thousands."""


class Listing(str):
    """Words of the lab's own, with commas between them: a sentence tells them all, however many there are."""

    __slots__ = ()


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # lupdate looks for this very name
    """Return `text` unchanged; `lupdate` files it under `context` for the translators."""
    del context
    return text


class LabError(Exception):
    """Something the learner can mend: one sentence that says what is wrong and what would be right.

    Attributes:
        template: the English sentence with `{name}` places, marked with `QT_TRANSLATE_NOOP("errors", …)`.
        values: what stands in these places; of long texts, beginning and end.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = {name: _quoted(value) for name, value in values.items()}
        super().__init__(template.format(**self.values))

    def __reduce__(self) -> tuple[object, ...]:
        """From process to process: what is neither number nor sentence goes as its text."""
        return _made_again, (type(self), self.args, {**self.__dict__, "values": _told(self.values)})


def _made_again(kind: type[LabError], args: tuple[object, ...], attributes: dict[str, object]) -> LabError:
    """An error as it was, whatever its class asks for when it is new."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(attributes)
    return error


def _told(values: dict[str, object]) -> dict[str, object]:
    kept = int | float | str | LabError  # `Listing` is a text
    return {name: value if isinstance(value, kept) else str(value) for name, value in values.items()}


def _quoted(value: object) -> object:
    """The value, or beginning and end of what it says where that is too long for a sentence."""
    if isinstance(value, int | float | Listing | LabError):
        return value
    text = str(value)
    if len(text) <= MOST_QUOTED:
        return value
    half = (MOST_QUOTED - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
