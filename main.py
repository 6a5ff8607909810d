"""Start MNIST Lab from a checkout: the window, or a command in the terminal (see README)."""

from mnist_lab.__main__ import start

if __name__ == "__main__":
    raise SystemExit(start())
