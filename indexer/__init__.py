"""Room 2: the corpus becomes an index; a question becomes an answer."""
