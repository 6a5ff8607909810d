"""What the window knows: the lab's state, background work, and values computed once for all who watch."""
