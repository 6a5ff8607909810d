"""What the course has: its parts, in order. A new part is one module and one line here."""

from mnist_lab.course.parts.first_network import FIRST_NETWORK
from mnist_lab.course.steps import Part

PARTS: tuple[Part, ...] = (FIRST_NETWORK,)
