"""An argument parser that answers a mistake with one sentence instead of a block of usage."""

import argparse
import difflib
import itertools
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


class UsageError(LabError):
    """A command line that cannot be read."""


class OneLineParser(argparse.ArgumentParser):
    """Raises UsageError, one sentence, where argparse would print a block and exit.

    Takes what ArgumentParser takes, and `commands`: the words after which another parser reads on.
    """

    def __init__(self, *, commands: Sequence[str] = (), **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)
        self._commands = commands

    def parse_known_args(  # type: ignore[override]  # the overloads of typeshed differ in the namespace alone
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Look for misspelt options first: argparse would take `3` in `--epoch 3` for a command."""
        given = sys.argv[1:] if args is None else args
        flags = re.findall(r"--?[a-z][a-z0-9-]*", self.format_usage())
        for argument in itertools.takewhile(lambda argument: argument not in self._commands, given):
            if argument.startswith("--") and argument.partition("=")[0] not in (*flags, "--help"):
                raise self._explain_unknown(argument, flags)
        return super().parse_known_args(given, namespace)

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

    def _explain_unknown(self, argument: str, flags: Sequence[str]) -> UsageError:
        name = argument.partition("=")[0]
        close = difflib.get_close_matches(name, flags, n=1)
        if not close:
            return UsageError(
                QT_TRANSLATE_NOOP("errors", "“{program}” has no option {name}; it takes {flags}."),
                program=self.prog,
                name=name,
                flags=", ".join(flags),
            )
        return UsageError(
            QT_TRANSLATE_NOOP("errors", "“{program}” has no option {name}; did you mean {close}?"),
            program=self.prog,
            name=name,
            close=close[0],
        )
