"""Start MNIST Lab: the window, or a command in the terminal (see README). For `main.py`, `mnist-lab`, `python -m`."""


def start() -> int:
    """Run the command line; Ctrl-C is answered already while the lab itself is being loaded."""
    try:
        from mnist_lab.app import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(start())
