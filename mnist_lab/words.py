"""Words that layers without Qt hand to the window: marked for translation here, translated there."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # lupdate looks for this very name
    """Return `text` unchanged; `lupdate` files it under `context` for the translators."""
    del context
    return text


class LabError(Exception):
    """Something the learner can mend: one sentence that says what is wrong and what would be right.

    Attributes:
        template: the English sentence with `{name}` places, marked with `QT_TRANSLATE_NOOP("errors", …)`.
        values: what stands in these places.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values
