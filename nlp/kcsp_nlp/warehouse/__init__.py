"""Records as tables: a star schema that any tool for dashboards takes.

- `schema`: the tables and their columns, the one place that says what they are
- `rows`: a record as rows
- `derived`, `calendar`: what is counted from rows: people, bodies, laws, dates
- `views`: one sheet each for people who want no joins
- `sqlite`: the warehouse itself; every other target is written from it
"""
