"""The record in the browser, without JavaScript, and the same queries as JSON under /api.

app.py         the application: routes, headers, what goes wrong
pages.py       the pages
api.py         the JSON
edit.py        forms to judge with, where that is allowed
parameters.py  what an address may ask, bounded
marking.py     an article's text with its statements marked in place
timeline.py    statements over time, drawn as SVG
templates/     one file per page; static/ holds the style sheet
"""
