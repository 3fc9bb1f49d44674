"""The places that collect what features have to say."""
