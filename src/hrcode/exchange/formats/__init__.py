"""Tables in the formats of spreadsheets, word processors, typesetters, browsers and statistics."""
