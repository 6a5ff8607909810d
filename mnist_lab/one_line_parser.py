"""An argument parser that answers a mistake with one sentence instead of a block of usage."""

import argparse
import difflib
import itertools
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing


class UsageError(LabError):
    """A command line that cannot be read."""


class OneLineParser(argparse.ArgumentParser):
    """Raises UsageError, one sentence, where argparse would print a block and exit.

    Takes what ArgumentParser takes, and

    - `commands`: the words after which another parser reads on;
    - `other_names`: what options are called elsewhere ("--lr"), with their names here. Those are suggested, not taken;
    - `takes_files`: whether words with a point or a slash in them, before any command, are files. They become the list
      `opened` of the namespace, if there are any: argparse would take them for commands.
    """

    def __init__(
        self,
        *,
        commands: Sequence[str] = (),
        other_names: Mapping[str, str] | None = None,
        takes_files: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(allow_abbrev=False, **settings)
        self._commands = commands
        self._other_names = other_names or {}
        self._takes_files = takes_files

    def parse_known_args(  # type: ignore[override]  # the overloads of typeshed differ in the namespace alone
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Look for misspelt options first: argparse would take `3` in `--epoch 3` for a command."""
        given = sys.argv[1:] if args is None else args
        flags = self._flags()
        own = list(itertools.takewhile(lambda argument: argument not in self._commands, given))
        for place, argument in enumerate(own):
            name = argument.partition("=")[0]
            if argument.startswith("--") and name not in (*flags, "--help"):
                commands = self._commands_with(name)
                if commands:
                    raise self._explain_commands(name, commands, [argument, *own[place + 1 : place + 2]])
                raise self._explain_unknown(argument, flags)
        if self._takes_files:
            given, opened = self._without_files(given)
            if opened:
                namespace = namespace or argparse.Namespace()
                namespace.opened = opened
        return super().parse_known_args(given, namespace)

    def _flags(self) -> list[str]:
        return re.findall(r"--?[a-z][a-z0-9-]*", self.format_usage())

    def _commands_with(self, flag: str) -> tuple[str, ...]:
        """The command after which an option may stand, or a command and what follows it; () for none."""
        parsers = [pair for action in self._actions for pair in _parsers_of(action)]
        nearest = ((name,) for name, parser in parsers if flag in parser._flags())
        farther = ((name, *rest) for name, parser in parsers if (rest := parser._commands_with(flag)))
        return next(itertools.chain(nearest, farther), ())

    def _without_files(self, given: Sequence[str]) -> tuple[list[str], list[str]]:
        """The other words, and the files."""
        lone = {"-h", "--help", *re.findall(r"\[(--[a-z][a-z0-9-]*)\]", self.format_usage())}
        others: list[str] = []
        files: list[str] = []
        is_value = False
        for place, word in enumerate(given):
            if not is_value and word in self._commands:
                return [*others, *given[place:]], files
            is_file = not is_value and not word.startswith("-") and any(letter in word for letter in "./\\")
            (files if is_file else others).append(word)
            is_value = not is_value and word.startswith("-") and "=" not in word and word not in lone
        return others, files

    def error(self, message: str) -> NoReturn:
        """Turn argparse's own complaint into a sentence.

        Raises:
            UsageError: always.
        """
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "{message}; “{program} -h” shows what can be written."),
            message=message[:1].upper() + message[1:],
            program=self.prog,
        )

    def _explain_commands(self, name: str, commands: Sequence[str], written: Sequence[str]) -> UsageError:
        """Say after which command an option stands; `written`: it, and what follows."""
        if len(written) > 1 and (written[1].startswith("-") or "=" in written[0]):
            written = written[:1]
        return UsageError(
            QT_TRANSLATE_NOOP("errors", "{name} stands after {command}: write “{line}”."),
            name=name,
            command=" ".join(commands),
            line=" ".join((self.prog, *commands, *written)),
        )

    def _explain_unknown(self, argument: str, flags: Sequence[str]) -> UsageError:
        name = argument.partition("=")[0]
        close = self._close_to(name.lower().replace("_", "-"), flags)
        if close is None:
            return UsageError(
                QT_TRANSLATE_NOOP("errors", "“{program}” has no option {name}; it takes {flags}."),
                program=self.prog,
                name=name,
                flags=Listing(", ".join(flags)),
            )
        return UsageError(
            QT_TRANSLATE_NOOP("errors", "“{program}” has no option {name}; did you mean {close}?"),
            program=self.prog,
            name=name,
            close=close,
        )

    def _close_to(self, name: str, flags: Sequence[str]) -> str | None:
        """What was probably meant: by its name elsewhere, by a word of it, or by its letters."""
        known = self._other_names.get(name)
        if known in flags:
            return known
        words = set(name.strip("-").split("-"))
        with_word = [flag for flag in flags if words & set(flag.strip("-").split("-"))]
        by_letters = {flag.strip("-"): flag for flag in with_word or flags}  # the dashes are alike in all of them
        close = difflib.get_close_matches(name.strip("-"), by_letters, n=1)
        return next(iter((*(by_letters[letters] for letters in close), *with_word)), None)


def _parsers_of(action: argparse.Action) -> Iterator[tuple[str, OneLineParser]]:
    """The commands of an action, each with what reads on after it; nothing for an option."""
    if isinstance(action, argparse._SubParsersAction):
        yield from action.choices.items()
