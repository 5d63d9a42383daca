"""A study folder from a heap of files: settings are guessed and written down for a person to correct."""
