"""What is counted, as charts and ranked tables with their words, notes and links.

- `items`: agenda items by topic over time, meetings over time
- `money`: sums by topic and year; `actions`: actions by how they stand
- `bodies`: bodies, laws and topics as ranked tables
"""
