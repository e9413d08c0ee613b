"""The store: one database that holds what was read, and answers questions about it.

open.py      open_store(path or address) -> Store; store.reading() and store.writing() give connections in a transaction
tables.py    the tables; migrations/ makes and changes them
write.py     add(connection, outcomes) -> Summary
query.py     every question, as a function of a connection
who.py       all that is known of one actor
judgements.py, authorities.py, people.py   what people decide, what authorities know, and the names that actors are made of
records.py   what the questions answer with
search.py    from words that people type to full-text queries
export.py    the JSON that is printed
"""
