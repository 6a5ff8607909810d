"""HTML and SVG put together so that nothing a person has typed can become a part of it: text is escaped by itself."""

from html import escape


class Markup(str):
    """Text that is HTML or SVG already; any other is only text."""

    __slots__ = ()


VOID = frozenset({"meta", "img", "br"})
"""Elements of HTML that have no end."""


def tag(name: str, /, *content: str, **attributes: object) -> Markup:
    """An element with its content, which is escaped unless it is `Markup`.

    Attributes are escaped always; one that is None or False is left out, True is there without a value. Python's own
    words are written with an underscore behind (`class_`), and an underscore within stands for a hyphen.
    """
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{joined(*content)}</{name}>")


def joined(*content: str) -> Markup:
    """Pieces one after the other, escaped unless they are `Markup`."""
    return Markup("".join(piece if isinstance(piece, Markup) else escape(piece) for piece in content))


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
