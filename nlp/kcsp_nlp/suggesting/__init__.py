"""Which agenda items are most worth labelling next, from records alone."""
