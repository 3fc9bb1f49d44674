"""An exported folder read in again: what is not there is added, what is there stays as it is."""
