"""The edge: one third-party library per file, imported only when used."""
