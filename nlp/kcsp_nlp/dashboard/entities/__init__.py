"""What a site says of one thing that minutes name: a person, an organisation, a law.

- `batches`: members of a dimension some hundreds at a time, so that no query is asked per page
- `mentions`, `snippets`: every mention by meeting, with the words around it
- `topics`, `actions`, `offices`, `company`: what is counted and listed beside them
- `trend`: how often it is named over time, as a chart
- `provisions`, `register`: laws in words, and their addresses at legislation.gov.uk
- `alphabet`: lists from A to Z
"""
