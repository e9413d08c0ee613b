"""Times as exports, letters, feeds and crawls write them."""

from __future__ import annotations

import datetime
import email.utils
import re

DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d))?)?)?")
MILLISECONDS = 100_000_000_000  # a number of seconds as large as this is one of milliseconds: the year 5138
EARLY_HOUR, LATE_HOUR = 4, 20  # UTC: between them it is the same day all over Europe and North Africa


def when(value: object) -> str | None:
    """A time of publication as `Article.published` has it, out of ISO 8601, the dates of letters and feeds, or seconds since 1970.

    The clock is that of the outlet where the value has one. A time in UTC is nobody's clock: it gives the day, and nothing near midnight.
    """
    if isinstance(value, datetime.datetime):
        return _local(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{9,13}(\.\d+)?", value.strip())):
        return _since_1970(float(value))
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    try:
        return _clock(datetime.datetime.fromisoformat(text), text)
    except ValueError:
        pass
    try:
        return _local(email.utils.parsedate_to_datetime(text))
    except (ValueError, IndexError, TypeError, OverflowError):
        pass
    match = DAY.match(text)
    if match is None:
        return None
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return "-".join(part for part in match.group(1, 2, 3) if part)


def _clock(moment: datetime.datetime, text: str) -> str | None:
    """A moment with the precision with which it is written."""
    return moment.date().isoformat() if len(text) <= len("2031-04-05") else _local(moment)


def _local(moment: datetime.datetime) -> str | None:
    if moment.time() == datetime.time():  # midnight to the second is how programs write that they know the day alone
        return moment.date().isoformat()
    if moment.tzinfo is None:
        return moment.isoformat(timespec="minutes")
    if moment.utcoffset() == datetime.timedelta(0):
        return moment.date().isoformat() if EARLY_HOUR <= moment.hour < LATE_HOUR else None
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _since_1970(seconds: float) -> str | None:
    seconds = seconds / 1000 if seconds >= MILLISECONDS else seconds
    try:
        return _local(datetime.datetime.fromtimestamp(seconds, datetime.UTC))
    except (ValueError, OverflowError, OSError):
        return None


def utc(value: object) -> str | None:
    """A moment in ISO 8601 as one in UTC; a day alone is its first moment."""
    try:
        moment = datetime.datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC).isoformat(timespec="seconds")
