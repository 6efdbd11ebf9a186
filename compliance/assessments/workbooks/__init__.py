"""Workbooks to fill in offline: sections as spreadsheets, and the way back with a preview."""
