"""What the environment may not decide: one seed gives one network, whatever is set on the computer.

TensorFlow, XLA and Keras read dozens of environment variables and a file `keras.json`. Some change how sums are cut and
thereby the last bits of every weight, others end the process. The lab sets what it needs itself, before TensorFlow is
imported, and leaves out the rest.

Measured (784-512-10, three epochs on all of MNIST): the *setting* of intra-op threads decides the bits, not the number
of cores; 2 threads on one core give the bits of 2 on two. XLA limited to AVX2 gives the bits and the speed of AVX-512.
What is left to the processor are TensorFlow's own matrix products: they choose their code by it. An
emulated processor without AVX-512 (QEMU's Haswell) gave losses equal to seven digits, and other last bits.
"""

import os
import platform
import re
from collections.abc import MutableMapping
from pathlib import Path

from mnist_lab.data.places import USERS_KERAS_HOME

INTRA_OP_THREADS = 2
"""Threads that share one operation. Its value decides how sums are cut."""
MAX_ISA = "AVX2"
"""The instruction set XLA compiles for on x86-64: the newest that all computers of the last ten years have."""

_OURS = re.compile(r"(TF|XLA|KERAS|TENSORFLOW|ONEDNN|DNNL)_|TF2_BEHAVIOR$")
"""Variables that TensorFlow, XLA, Keras or oneDNN read. TensorFlow's own products use some of oneDNN's code, too."""
_HARMLESS = re.compile(r"TF_CPP_|KERAS_HOME$")
"""Those of them that change no number: what is logged, and where Keras keeps files."""
_HARMLESS_XLA_FLAG = re.compile(
    r"--xla_dump_to=\S+|--xla_(dump_hlo_as_(text|proto|dot|html)|hlo_profile|cpu_enable_xprof_traceme)(=(true|false|0|1))?"
)
"""XLA flags that only write down what is done. XLA ends the process over a flag or a value that it does not know."""


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set what TensorFlow and Keras read when they are imported, whatever was set before. Cheap when done before.

    For the main thread, before it has started any other: the others read `os.environ`, too.
    """
    flags = joined_xla_flags(environment.get("XLA_FLAGS", ""))
    for name in [name for name in environment if _OURS.match(name) and not _HARMLESS.match(name)]:
        if name not in _settings(flags):
            del environment[name]
    environment.update(_settings(flags))
    # TensorFlow's start-up notes are no business of a learner's terminal.
    environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if environment.get("KERAS_HOME") != os.devnull:
        environment[USERS_KERAS_HOME] = environment.get("KERAS_HOME", "")
        # Keras reads `keras.json` in this folder and fails over what it does not like there. In no folder is no file.
        environment["KERAS_HOME"] = os.devnull


def without_settings(environment: MutableMapping[str, str], keras_home: Path) -> dict[str, str]:
    """What a process gets that is to run plain Keras: nothing that decides its numbers, and a folder for its files.

    Args:
        environment: of this process; it stays as it is.
        keras_home: an own folder, in which no `keras.json` lies.
    """
    left = {name: value for name, value in environment.items() if not _OURS.match(name)}
    return {**left, "KERAS_HOME": str(keras_home)}


def joined_xla_flags(given: str) -> str:
    """The lab's XLA flags behind those of `given` that change no number."""
    kept = [flag for flag in given.split() if _HARMLESS_XLA_FLAG.fullmatch(flag)]
    if is_x86():
        kept.append(f"--xla_cpu_max_isa={MAX_ISA}")
    return " ".join(kept)


def is_x86() -> bool:
    """Whether this is an x86-64 computer, where `MAX_ISA` means something."""
    return platform.machine().lower() in ("x86_64", "amd64")


def _settings(xla_flags: str) -> dict[str, str]:
    return {
        # oneDNN's kernels round differently from machine to machine and announce it on stderr; for networks of this
        # size they are not faster (measured: 1,270 updates/s without, 1,300 with).
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_NUM_INTRAOP_THREADS": str(INTRA_OP_THREADS),
        "XLA_FLAGS": xla_flags,
        # The lab's compiled step is TensorFlow's.
        "KERAS_BACKEND": "tensorflow",
    }
