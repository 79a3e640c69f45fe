"""A warehouse as a static site: pages that open from a file, without a server or a request outside.

- `site`: the whole site, written beside its place and moved there
- `page`, `addresses`, `fragments`: one page, and where pages and narrowed lists lie: no name of a
  person is in an address
- `environment`, `wording`, `templates/`, `assets/`: templates, escaped throughout, numbers and
  dates in British form, style and scripts
- `pages/`: what stands on each kind of page, from
    - `text/`, `tags`: the text of an item, with what was found in it
    - `counting/`, `charted/`, `charts/`: what is counted, in words and tables, as SVG
    - `entities/`: a person, organisation or law
    - `exploring/`: what the scripts of lists and search read
- `serving`: a site on this machine alone
"""
