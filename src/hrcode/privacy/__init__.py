"""Confidentiality: names out of transcripts, back again with the key, and a search for what still stands."""
