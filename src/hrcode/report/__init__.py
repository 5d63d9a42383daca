"""Results to one page that a person reads: what was found, in which words, and how it was made."""
