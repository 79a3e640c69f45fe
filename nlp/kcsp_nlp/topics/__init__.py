"""Topics of agenda items: features, fitting, the model and its file."""
