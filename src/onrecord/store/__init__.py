"""The store: one database that holds what was read, and answers questions about it.

open.py      open_store(path or address) -> Store; store.reading() and store.writing() give connections in a transaction
tables.py    the tables; migrations/ makes and changes them
write.py     add(connection, outcomes) -> Summary
query.py     every question, as a function of a connection
records.py   what the questions answer with
search.py    from words that people type to full-text queries
export.py    the JSON that is printed
"""
