"""Records as tables: a star schema that any tool for dashboards takes.

- `schema`: the tables and their columns, the one place that says what they are, made of what
  `table` describes; `documentation` writes the page about them
- `rows`: a record as rows
- `derived`, `calendar`: what is counted from rows: people, bodies, laws, dates
- `views`: one sheet each for people who want no joins
- `sqlite`, `definition`, `loading`, `searching`: the warehouse itself, a SQLite file that every
  other target is written from; `datasette` describes it
- `sources`, `selecting`: what is read, and what of it may be shown
- `exporting`, `targets/`, `sheets`, `formulas`: where it can go
"""
