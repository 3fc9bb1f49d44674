"""Files of deals: taken in, and what follows from it."""
