"""An experiment as one line of text, for a chat, a worksheet or the command line: exact, short, and read with care.

    MNIST Lab v1: hidden-units=128+64 optimizer=sgd learning-rate=0.1 epochs=5 batch-size=128 seed=0 dropout=0.2

The words are the terminal's options. Six settings are always told, any other where it is not the chapter's; one that is
left out is the chapter's. The number after “v” says by which rules a line is read: it goes up if ever a name or a
default is another one.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping

from mnist_lab.experiment import Experiment
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

VERSION = 1
MOST_CHARACTERS = 2_000
"""Of a text that is read: the longest line that is written has about a third of it, and a chat adds something."""

_ALWAYS = ("hidden_units", "optimizer", "learning_rate", "epochs", "batch_size", "seed")
_SWITCH_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}

_HEAD = re.compile(r"mnist\s*lab(?:\s*v?\s*(?P<version>\d{1,9}))?\s*:")
_QUOTES = dict.fromkeys(map(ord, "\"'`´*“”„‟«»‹›‘’‚‛<>|"))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+", re.ASCII)


class ExperimentTextError(LabError):
    """A text that is no line of settings; the sentence names the word that is wrong."""


def write(experiment: Experiment) -> str:
    """The line that `read` makes this very experiment of."""
    chapters = Experiment()
    names = [*_ALWAYS, *(name for name in Experiment.model_fields if name not in _ALWAYS)]
    words = [
        setting_word(name, getattr(experiment, name))
        for name in names
        if name in _ALWAYS or getattr(experiment, name) != getattr(chapters, name)
    ]
    return f"MNIST Lab v{VERSION}: {' '.join(words)}"


def read(text: str) -> Experiment:
    """The experiment that a line tells.

    Upper case, blanks, line breaks, quotes, list commas and what stands before “MNIST Lab” do not matter; without
    “MNIST Lab” all of it is taken for settings. Nothing in it is executed.

    Raises:
        ExperimentTextError: one sentence on the word that is wrong.
        ExperimentError: one on the value that does not fit.
    """
    if len(text) > MOST_CHARACTERS:
        raise ExperimentTextError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This text has {count:,} characters: a line of settings has {most:,} at most, like “{example}”.",
            ),
            count=len(text),
            most=MOST_CHARACTERS,
            example=write(Experiment()),
        )
    plain = _tidy(text)
    said = _after_head(plain)
    words = _plain(said).split()
    if not words or (said is plain and not any(_name(word) in Experiment.model_fields for word in words)):
        raise _no_settings(text)
    fields: dict[str, object] = {}
    for word in words:
        name, value = _read_word(word)
        if name in fields:
            raise ExperimentTextError(
                QT_TRANSLATE_NOOP("errors", "“{word}” stands there twice: leave one of the two out."),
                word=_option(name),
            )
        fields[name] = value
    return Experiment.parse(fields)


# Writing


def _option(name: str) -> str:
    return name.replace("_", "-")


def setting_word(name: str, value: object) -> str:
    """One setting as it stands in a line: "optimizer=adam"; a switch that is on by its name alone."""
    if value is True:
        return _option(name)
    if isinstance(value, dict):
        return f"{_option(name)}={','.join(f'{key}={_number(one)}' for key, one in value.items())}"
    if isinstance(value, tuple):
        return f"{_option(name)}={'+'.join(map(str, value))}"
    return f"{_option(name)}={_number(value)}"


def _number(value: object) -> str:
    """As short as it can be read back exactly: "0.001", "1e-7", "1000", "true"; what is no number stays as it is."""
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value).lower()
    return re.sub(r"e-0*", "e-", repr(value)).removesuffix(".0")


# Reading


def _tidy(text: str) -> str:
    """Without what chats, word processors and mails do to a line; all in lower case."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES | _DASHES)
    seen = "".join(sign for sign in plain if sign.isspace() or unicodedata.category(sign) not in ("Cf", "Cc"))
    return seen.lower()


def _after_head(text: str) -> str:
    """What follows “MNIST Lab v1:”, all where that is missing."""
    heads = list(_HEAD.finditer(text))
    if not heads:
        return text
    if len(heads) > 1:
        raise ExperimentTextError(
            QT_TRANSLATE_NOOP("errors", "These are {count} lines of settings: take one of them."), count=len(heads)
        )
    version = int(heads[0]["version"] or VERSION)
    if version != VERSION:
        raise ExperimentTextError(
            QT_TRANSLATE_NOOP(
                "errors", "This line of settings is written by the rules v{version}, and this lab knows v{known} alone."
            ),
            version=version,
            known=VERSION,
        )
    return text[heads[0].end() :]


def _plain(text: str) -> str:
    """With no blanks around “=” and “+”, and none but blanks between words."""
    joined = re.sub(r"\s*([=+])\s*", r"\1", text)
    return re.sub(r"[,;.!]+(?=\s|$)|;", " ", joined)


def _name(word: str) -> str:
    return word.partition("=")[0].lstrip("-").replace("-", "_")


def _read_word(word: str) -> tuple[str, object]:
    """The setting that a word names, and its value as far as it can be read: `Experiment.parse` judges that.

    Raises:
        ExperimentTextError: there is no such setting, or its value is missing.
    """
    name, (_, sign, value) = _name(word), word.partition("=")
    if name not in Experiment.model_fields:
        raise _unknown(word)
    if name in _SWITCHES:
        return name, _SWITCH_WORDS.get(value, value) if sign else True
    if not value:
        raise ExperimentTextError(
            QT_TRANSLATE_NOOP("errors", "“{word}” has no value: write it like “{example}”."),
            word=_option(name),
            example=setting_word(name, getattr(_EXAMPLE, name)),
        )
    return name, _READERS.get(name, str)(value)


def _whole(text: str) -> object:
    digits = text.replace(",", "") if _IN_THOUSANDS.fullmatch(text) else text
    return int(digits) if _WHOLE.fullmatch(digits) else text


def _layers(text: str) -> object:
    if _IN_THOUSANDS.fullmatch(text):
        raise ExperimentTextError(
            QT_TRANSLATE_NOOP("errors", "“hidden-units={value}” can be read in two ways: write {one}, or {several}."),
            value=text,
            one=text.replace(",", ""),
            several="+".join(str(int(part)) for part in text.split(",")),
        )
    return tuple(_whole(part) for part in text.split("+" if "+" in text else ","))


def _pairs(text: str) -> object:
    pairs = [part.partition("=") for part in text.split(",")]
    names = [name for name, _, _ in pairs]
    if any(not (name and value) for name, _, value in pairs) or len({*names}) < len(names):
        raise ExperimentTextError(
            QT_TRANSLATE_NOOP(
                "errors", "“optimizer-settings={value}” cannot be read: write it like rho=0.95,epsilon=1e-6."
            ),
            value=text,
        )
    return {name.replace("-", "_"): value for name, _, value in pairs}


def _no_settings(text: str) -> ExperimentTextError:
    words = " ".join(text.split())
    if not words:
        return ExperimentTextError(QT_TRANSLATE_NOOP("errors", "There is no text: copy a line of settings first."))
    return ExperimentTextError(
        QT_TRANSLATE_NOOP("errors", "“{text}” is no line of settings; one looks like “{example}”."),
        text=words if len(words) <= _MOST_QUOTED else f"{words[:_MOST_QUOTED]}…",
        example=write(Experiment()),
    )


def _unknown(word: str) -> ExperimentTextError:
    known = [_option(name) for name in Experiment.model_fields]
    written = word.partition("=")[0].lstrip("-")
    close = difflib.get_close_matches(_option(written), known, n=1)
    if close:
        return ExperimentTextError(
            QT_TRANSLATE_NOOP("errors", "“{word}” is no setting: did you mean “{close}”?"), word=written, close=close[0]
        )
    return ExperimentTextError(
        QT_TRANSLATE_NOOP("errors", "“{word}” is no setting; these are: {names}."),
        word=written or word,
        names=Listing(", ".join(known)),
    )


_MOST_QUOTED = 60
_EXAMPLE = Experiment(optimizer_settings={"rho": 0.95})
_SWITCHES = frozenset(name for name, field in Experiment.model_fields.items() if isinstance(field.default, bool))
_READERS: Mapping[str, Callable[[str], object]] = {
    "hidden_units": _layers,
    "optimizer_settings": _pairs,
} | dict.fromkeys((name for name, field in Experiment.model_fields.items() if type(field.default) is int), _whole)
