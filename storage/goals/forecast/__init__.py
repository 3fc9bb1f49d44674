"""What a forecast takes, asked of the record."""
