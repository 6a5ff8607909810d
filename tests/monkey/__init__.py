"""Random use of the window by mouse and keys."""
