"""Kept runs in the files that other programs read: tables, networks, programs, logs, reports. No Qt, no Keras."""
