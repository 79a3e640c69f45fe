"""Charts as SVG that we write ourselves: no script, no library, and the same data as a table.

Across, charts are laid out in per cent of their width and down in pixels: they fill what room
there is while their letters keep their size. Which labels show is settled for three widths.

- `markup`: elements, escaped; `scales`: where a value lies, and round marks on an axis
- `periods`: years, quarters or decades, whichever the reach of dates asks for
- `columns`: values over time, stacked or not; `labels`: which labels show at which width
- `bars`: one bar of a ranked table; `ranked`: the table; `spark`: a trend in the room of a word
- `figures`: a chart with its title, words, table and file; `words`: what it shows, computed
- `sheets`: a table on the page and as a file; `files`: those of a page
"""
