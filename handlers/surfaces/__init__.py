"""The places that collect what features have to say: Home, evening, digest, help."""
