"""What is said when the course is closed at its end."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from mnist_lab.window.shell.course.worksheet_saver import save_worksheet
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill


def last_word(coach: Coach, parent: QWidget) -> Offer:
    """That the end is reached, with how much was done, and the worksheet to take along."""
    course = coach.course
    goals = [step.id for part in course.parts for step in part.steps if step.goal is not None]
    done = sum(step in course.progress.reached for step in goals)
    sentence = QCoreApplication.translate(
        "LastWord",
        "That was the end of the course: {done} of {count} steps done. Your worksheet keeps your guesses, numbers and"
        " answers.",
    )
    if coach.lesson is not None:
        sentence = QCoreApplication.translate(
            "LastWord",
            "That was the end of the lesson: {done} of {count} steps done. Your worksheet keeps your guesses, numbers"
            " and answers.",
        )
    return Offer(
        fill(sentence, done=done, count=len(goals)),
        QCoreApplication.translate("LastWord", "Save &worksheet…"),
        QCoreApplication.translate("LastWord", "One file with all of it, to keep or to hand in."),
        lambda: save_worksheet(coach, parent),
        icon="ph.file-text",
        is_primary=True,
    )
