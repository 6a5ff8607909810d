"""Start MNIST Lab: the window, or `train` and `screenshots` in the terminal (see README)."""

from mnist_lab.app import main

if __name__ == "__main__":
    raise SystemExit(main())
