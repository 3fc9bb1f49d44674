"""Tables, each row a value of `sales/` with keys."""
