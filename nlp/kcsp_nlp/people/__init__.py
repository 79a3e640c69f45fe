"""Who is who across documents: records in, people with final identifiers out.

- `appearances`: one person's part in one document, read from records
- `clusters`, `agreeing`: appearances taken for one person, and when two such sets may be one
- `resolving`: what is joined across the meetings of a body, and what is left apart
- `overrides`: what an analyst says, which goes before all of it
- `person`, `listing`, `relinking`: what comes out
"""
