"""Files into text: one module per format."""
