"""Room 4: a browser. Parameters become a question, its answer becomes a page or its JSON twin."""
