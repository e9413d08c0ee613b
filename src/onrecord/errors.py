"""Every error that a person must mend, as one tree.

    OnRecordError
    ├── KnowledgeError      a language or publisher file is wrong: names file and line
    │   └── MarksError      inline marks of an example or a corpus article are wrong
    ├── SettingsError       a setting names something that does not exist
    ├── SourceError         a path or address that cannot be read at all
    └── StoreError          the database cannot be used as it is

What is wrong with one page is not an error but a `records.Skipped`.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Something a person must fix; the message says where, what, and what to do."""


class KnowledgeError(OnRecordError):
    """A knowledge file is wrong; the message names the file and the line."""


class MarksError(KnowledgeError):
    """Inline marks that do not parse, or that contradict their header."""


class SettingsError(OnRecordError):
    """A setting names something that does not exist or cannot be used."""


class SourceError(OnRecordError):
    """An input that cannot be read at all: no such path, no permission."""


class StoreError(OnRecordError):
    """The database cannot be used: read-only, of a later version, not ours."""
