"""The fictional government web: written material, the composer of its pages, and a server for it."""
