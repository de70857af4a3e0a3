"""Room 1: the web becomes the corpus."""
