"""What the course has: its parts, in order. A new part is one module and one line here."""

from mnist_lab.course.parts.descent import DESCENT
from mnist_lab.course.parts.first_network import FIRST_NETWORK
from mnist_lab.course.parts.gradient import GRADIENT
from mnist_lab.course.parts.looking_back import LOOKING_BACK
from mnist_lab.course.parts.operations import OPERATIONS
from mnist_lab.course.parts.tensors import TENSORS
from mnist_lab.course.steps import Part

PARTS: tuple[Part, ...] = (FIRST_NETWORK, TENSORS, OPERATIONS, GRADIENT, DESCENT, LOOKING_BACK)
