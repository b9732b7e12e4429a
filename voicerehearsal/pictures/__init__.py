"""Pictures for people: files that are drawn, one look for all of them."""
