"""Which lines of a program are others than before."""

from difflib import SequenceMatcher

from mnist_lab.mirror.lines import Program


def changed_lines(before: Program, after: Program) -> tuple[int, ...]:
    """Numbers of the lines of `after`, from 0, that are new or changed; of lines that have gone, the one above them."""
    old, new = ([line.text for line in made.lines] for made in (before, after))
    changed: set[int] = set()
    for kind, _, _, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "delete":
            changed.add(max(first - 1, 0))
        elif kind != "equal":
            changed.update(number for number in range(first, last) if new[number])
    return tuple(sorted(changed))
