"""From measures to words for people: targets, remarks, trends."""
