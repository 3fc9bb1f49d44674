"""Names: of customers and people, found in what somebody typed."""
