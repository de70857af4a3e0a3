"""Room 3: one phrase across places and years, as values that a page, a file or a command can show."""
