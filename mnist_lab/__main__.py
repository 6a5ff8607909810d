"""Start MNIST Lab: the window, or a command in the terminal (see README). For `main.py`, `mnist-lab`, `python -m`."""

import signal
import sys


def start() -> int:
    """Run the command line; Ctrl-C is answered already while the lab itself is being loaded."""
    try:
        if getattr(sys, "frozen", False):  # a worker of a sweep is this same program, started for another purpose
            import multiprocessing

            multiprocessing.freeze_support()
        from mnist_lab.app import main

        return main()
    except KeyboardInterrupt:
        return 130
    finally:
        # All that is to be kept is kept: while Python takes itself apart, Ctrl-C ends it at once and says nothing.
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    raise SystemExit(start())
