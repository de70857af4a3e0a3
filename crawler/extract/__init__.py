"""Page bytes become a Report: bytes -> text -> body -> repaired body -> Report, pure functions."""
