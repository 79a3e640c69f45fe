"""The text of an item as HTML: what its marks mean is shown, and every tagged place stays exact.

- `lines`, `layout`: paragraphs, headings, lists and tables, as ranges of the text
- `inline`: bold and italic words, and what is only markup
- `marks`: what is marked in the text, and how it is written around it
- `rendering`: the HTML

Nothing of the text is changed but for its marks of headings, lists, tables and emphasis.
"""
