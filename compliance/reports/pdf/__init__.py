"""Printing: HTML to PDF by WeasyPrint, which nothing else imports."""
