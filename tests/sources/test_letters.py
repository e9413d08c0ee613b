"""Press releases by e-mail."""

from __future__ import annotations

from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Page, Skipped
from onrecord.sources.letters import letter

TEXT = "The bridge opens in May, the mayor said.\n"


def message(text: str = TEXT, subtype: str = "plain") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = "Press Office <press@town.example>", "Міст відкриють", "Wed, 02 Apr 2031 10:15:00 +0300"
    made.set_content(text, subtype=subtype)
    return made


def test_a_letter_is_a_page() -> None:
    """The text of a message is the page, with subject, day and sender; attachments are passed over."""
    made = message()
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    assert letter("a.eml", made.as_bytes()) == Page("a.eml", TEXT, title="Міст відкриють", published="2031-04-02T10:15", outlet="Press Office")


def test_html_alone_is_html() -> None:
    """A message without plain text is read as the HTML that it has; one with both as text."""
    found = letter("a.eml", message("<p>Hello</p>", "html").as_bytes())
    assert isinstance(found, Page) and found.media == "html" and "<p>Hello" in found.text
    made = message()
    made.add_alternative("<p>Hello</p>", subtype="html")
    assert letter("a.eml", made.as_bytes()).text == TEXT  # type: ignore[union-attr]


@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_letter_is_a_page_or_a_reason(noise: bytes, at: int) -> None:
    """Whatever a message holds, it is a page or a reason."""
    whole = message().as_bytes()
    assert isinstance(letter("a.eml", whole[:at] + noise + whole[at:]), Page | Skipped)
    assert isinstance(letter("a.eml", noise), Page | Skipped)
