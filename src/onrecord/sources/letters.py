"""Press releases that came as e-mail: the text of the message, with subject, day and sender."""

from __future__ import annotations

import email.policy
import email.utils
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from onrecord.records import Media, Page, Skipped
from onrecord.sources.times import when


def letter(source: str, data: bytes) -> Page | Skipped:
    """A message in RFC 5322 as a page: its plain text, else its HTML. Attachments are passed over."""
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(data)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain", "html"))
        text = body.get_content() if body is not None else ""
        subject, day, sender = message["subject"], message["date"], message["from"]
        name = email.utils.parseaddr(str(sender))[0] if sender else ""
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        return Skipped(source, "sources", "broken", f"the message cannot be parsed: {error}")
    if body is None or not isinstance(text, str) or not text.strip():
        return Skipped(source, "sources", "empty")
    media: Media = "html" if body.get_content_type() == "text/html" else "text"
    return Page(
        source,
        text.replace("\r\n", "\n").replace("\r", "\n"),
        media=media,
        title=str(subject) if subject else None,
        published=when(str(day)) if day else None,
        outlet=name or None,
    )
