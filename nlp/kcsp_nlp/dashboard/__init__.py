"""A warehouse as a static site: pages that open from a file, without a server or a request outside.

- `site`: the whole site, written beside its place and moved there
- `page`, `addresses`: one page, and where pages lie: no name of a person is in an address
- `environment`, `wording`: templates, escaped throughout, and numbers and dates in British form
- `pages/`: what stands on each kind of page
"""
