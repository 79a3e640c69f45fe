"""What charts and ranked tables show: counted from the warehouse, without a thought for its looks.

- `times`: meetings and agenda items by date, in all, under a topic, or of a body
- `sums`: sums of money: which can be added up, and what they come to
- `states`: actions by how they stand on a day
- `ranks`: what is named most: people, organisations, laws, bodies, words of evidence
- `places`: items, sums and actions with the place that they stand at
"""
