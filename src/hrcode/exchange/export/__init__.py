"""All tables of a study in one go, with a data dictionary."""
