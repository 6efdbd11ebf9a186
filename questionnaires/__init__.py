"""The engine: reads a questionnaire, asks, scores, explains. Knows no user, company or law."""
