"""How minutes print people: names, titles, and the words that tell them from roles and bodies."""
