"""Files that nobody vouches for, read within bounds; and files that are replaced whole or not at all."""
