"""What was measured, in the formats of other programs: pure writers, from reports and rows to text and files."""
