"""`lessons`: the steps of the course, told in words or as JSON."""

import json
import sys

from mnist_lab.commands import LessonsCommand
from mnist_lab.course.contents import PARTS
from mnist_lab.course.steps import Part, Step
from mnist_lab.course.texts import part_text

DONE = 0


def run_lessons(command: LessonsCommand) -> int:
    """Tell the steps; returns the exit status."""
    if command.as_json:
        text = json.dumps([_as_json(part, step) for part in PARTS for step in part.steps], ensure_ascii=False)
    else:
        text = "\n\n".join(_in_words(number, part) for number, part in enumerate(PARTS, 1))
    sys.stdout.write(text + "\n")
    return DONE


def _as_json(part: Part, step: Step) -> dict[str, object]:
    return {
        "id": step.id,
        "section": part.section,
        "part": part_text(part.id).title,
        "title": _title(part, step),
        "has_prediction": step.prediction is not None,
        "has_goal": step.goal is not None,
    }


def _in_words(number: int, part: Part) -> str:
    lines = [f"Part {number}: {part_text(part.id).title} (section {part.section} of the chapter)"]
    width = max(len(step.id) for step in part.steps)
    for step in part.steps:
        asks = [
            word
            for word, is_so in (("a guess", step.prediction is not None), ("something to do", step.goal is not None))
            if is_so
        ]
        lines.append(f"  {step.id:<{width}}  {_title(part, step)}" + (f" ({', '.join(asks)})" if asks else ""))
    return "\n".join(lines)


def _title(part: Part, step: Step) -> str:
    return part_text(part.id).steps[step.id].title
