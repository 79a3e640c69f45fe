"""What records can be written to besides SQLite: a module per target, each with `write`.

- `written`: what a target says when it has been written
- `csv_files`, `datapackage`: a folder of CSV files, and the description of them all
- `workbook`, `cells`: an Excel workbook
- `parquet`, `duckdb_file`, `duckdb_tables`: Parquet and DuckDB, which writes both
- `postgresql`, `postgresql_tables`: a schema of a PostgreSQL database
"""
