"""A story's words as one small structured document: read, checked, shown, compared. Knows nothing of Django."""
