"""The nouns: what a report is, where it is kept, places, topics, folding, config, errors."""
