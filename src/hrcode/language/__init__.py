"""What hrcode knows of a language: words, sentences, dictionary forms, and the door to spaCy."""
