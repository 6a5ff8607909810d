"""The network seen whole: what flows along its lines, forward and back, for one picture or a batch. No Qt."""
