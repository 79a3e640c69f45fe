"""Structure of minutes, by rules: front matter, attendance, items, decisions, actions."""
