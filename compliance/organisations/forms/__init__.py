"""What is entered about organisations, their people and their subjects."""
