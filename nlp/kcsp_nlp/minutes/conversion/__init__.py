"""What converters have done to a document, undone for the finders; its text stays as it is."""
