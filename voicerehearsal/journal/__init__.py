"""The user's disk: sessions, answers and recordings."""
