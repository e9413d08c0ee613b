"""Cleaning HTML pages: the article with the places of its characters, what the page says of itself, pages that are none, live blogs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.plain import TO_CYRILLIC
from onrecord.records import ARTICLE_ROLES, Article, Page, Skipped, words_of
from onrecord.stages.clean import clean
from onrecord.stages.markup.entries import entries

ARTICLE = """<!DOCTYPE html>
<html lang="en"><head><title>Ferry to Tallow Island stops for repairs - The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><link rel="canonical" href="/news/ferry-stops">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry to Tallow Island stops for repairs",
"datePublished": "2031-04-02T09:15:00+02:00", "dateModified": "2031-04-02T11:40:00+02:00", "author": [{"name": "Mira Lund"}, {"name": "Osk Tarn"}],
"articleSection": "Islands", "publisher": {"name": "The Harbour Post"}}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/islands">Islands</a></li></ul></nav>
<div class="breadcrumbs"><a href="/">Home</a> / <a href="/islands">Islands</a> / Ferry to Tallow Island stops for repairs</div>
<main><h1>Ferry to Tallow Island stops for repairs</h1>
<p class="standfirst">The only boat to the island stays in dock until May, the council of Tallow says.</p>
<div class="author">By Mira Lund and Osk Tarn</div><time datetime="2031-04-02T09:15">2 April 2031</time>
<figure><img src="ferry.jpg"><figcaption>The ferry in dock. Photo: Harbour Post</figcaption></figure>
<div class="article-body">
<p>The ferry&nbsp;to Tallow Island will not sail for a month, because its engine has to be replaced, the council said on Wednesday.</p>
<p>&ldquo;We cannot wait until it breaks down at sea,&rdquo; said mayor Ines Brook. &#8220;The island will get a smaller boat&#8221; &amp; a plane.</p>
<h2>Two boats a day</h2>
<p>The smaller boat carries forty people and will sail twice a day, in the morning and in the evening, <b>Brook</b> added on the quay.</p>
<blockquote>It is the third repair within a year, and nobody on the island believes that it will be the last one.</blockquote>
<ul><li>The morning boat leaves at seven, when the tide allows it.</li><li>The evening boat leaves at six, after the last bus has come.</li></ul>
<div class="related"><h3>Read also</h3><a href="/1">How the old pier was lost</a></div>
<p>Fishermen have offered to carry mail and medicine, for which the council has set aside twelve thousand crowns this spring.</p>
</div>
<div class="share-buttons"><a href="#">Share</a> <a href="#">Tweet</a></div></main>
<section id="comments"><h2>Comments</h2><p>They should have bought a new one ten years ago, as everybody here has told them again and again.</p></section>
<footer>© The Harbour Post. All rights reserved. Published by Harbour Media, Pier Street 1.</footer></body></html>"""

TEASER = (
    '<div class="item"><h3><a href="/{0}">The council of Tallow talks about pier number {0}</a></h3><p>Few came to the meeting on Monday evening.</p></div>'
)
FRONT = (
    '<html lang="en"><head><title>The Harbour Post</title><meta property="og:type" content="website"></head><body><h1>The Harbour Post</h1>'
    + "".join(TEASER.format(number) for number in range(24))
    + "</body></html>"
)
LIVE = (
    '<html lang="en"><head><title>Storm over Tallow Island: live</title></head><body><h1>Storm over Tallow Island: live</h1><div class="live-blog">'
    + "".join(
        f'<article class="live-entry" id="e{hour}"><time datetime="2031-11-0{day}T{hour}:05">{hour}:05</time><h2>Waves reach the pier at {hour}</h2>'
        f"<p>“Nobody should go down to the pier before {hour} tomorrow,” said mayor Ines Brook to the reporters who had come to the town hall.</p></article>"
        for day, hour in ((2, 18), (2, 20), (3, 10), (3, 12))
    )
    + "</div></body></html>"
)


def small(title: str, body: str, head: str = "") -> str:
    """A page with little on it."""
    return f'<html lang="en"><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>{body}</body></html>'


def read(source: str, **told: str) -> Article | Skipped:
    return clean(Page("page.html", source, media="html", **told), language=None, max_chars=5_000_000)  # type: ignore[arg-type]


def article(source: str, **told: str) -> Article:
    """The cleaned page, which must not be skipped."""
    found = read(source, **told)
    assert isinstance(found, Article), found
    return found


def blocks(found: Article, *, own: bool = True) -> list[tuple[str, str]]:
    """Role and words of the blocks of the article, or of its junk."""
    return [(block.role, found.text[block.start : block.end]) for block in found.blocks if (block.role in ARTICLE_ROLES) == own]


def check(found: Article, source: str) -> None:
    """What holds of every article of an HTML page."""
    assert found.alignment is not None
    held = [False] * len(found.text)
    for at, start, size, source_size in found.alignment.runs:
        assert 0 <= at < at + size <= len(found.text) and 0 <= start < start + source_size <= len(source)
        if size == source_size:
            seen = source[start : start + size].translate({0x0A: " ", 0xA0: " ", 0x2010: "-", 0x2011: "-"})
            assert found.text[at : at + size].translate(TO_CYRILLIC) == seen.translate(TO_CYRILLIC)
        else:
            assert source[start] == "&" or source[start].isalpha()  # an entity, a letter with its accents
        held[at : at + size] = [True] * size
    assert all(known or char.isspace() for known, char in zip(held, found.text, strict=True))
    covered = "".join(found.text[block.start : block.end] for block in found.blocks)
    assert "".join(covered.split()) == "".join(found.text.split())
    assert all(0 <= one.end <= other.start for one, other in zip(found.blocks, found.blocks[1:], strict=False))


def test_the_article_and_its_roles() -> None:
    """Markup gives roles; menus, lists of other articles, buttons, comments and footers are left out."""
    found = article(ARTICLE)
    assert [role for role, _ in blocks(found)] == ["headline", "lead", "body", "body", "subhead", "body", "quote", "list", "list", "body"]
    assert blocks(found)[0][1] == "Ferry to Tallow Island stops for repairs"
    assert blocks(found)[3][1] == "“We cannot wait until it breaks down at sea,” said mayor Ines Brook. “The island will get a smaller boat” & a plane."
    assert {role for role, _ in blocks(found, own=False)} == {"byline", "caption"}
    for words in ("Home", "Read also", "old pier", "Tweet", "ten years ago", "All rights"):
        assert words not in found.text


def test_what_the_page_says_of_itself() -> None:
    """Title, times, authors, outlet, section and address are read, each with where it stands."""
    found = article(ARTICLE, url="https://post.example/x?from=feed")
    assert (found.title, found.published, found.updated) == ("Ferry to Tallow Island stops for repairs", "2031-04-02T09:15", "2031-04-02T11:40")
    assert (found.authors, found.outlet, found.section) == (("Mira Lund", "Osk Tarn"), "The Harbour Post", "Islands")
    assert found.reasons["published"] == "json-ld:datePublished" and found.reasons["title"] == "headline"
    assert article(ARTICLE.replace("/news/", "https://post.example/news/")).url == "https://post.example/news/ferry-stops"


def test_what_the_source_tells_stands_above_the_page() -> None:
    """A title, a time, an outlet that the source gives are believed before the page's own."""
    found = article(ARTICLE, title="No boat", published="2031-04-01", outlet="Tallow News")
    assert (found.title, found.published, found.outlet) == ("No boat", "2031-04-01", "Tallow News")


def test_spans_are_shown_in_the_source() -> None:
    """A span of the text is found in the page, entities and tags inside it."""
    found = article(ARTICLE)
    check(found, ARTICLE)
    assert found.alignment is not None
    at = found.text.index("evening, Brook added")
    spans = found.alignment.source(at, at + len("evening, Brook added"))
    assert [ARTICLE[a:b] for a, b in spans] == ["evening,", "Brook", "added"] or words_of(ARTICLE, spans) == "evening, … Brook … added"
    quote = found.text.index("“We")
    assert ARTICLE[slice(*found.alignment.source(quote, quote + 3)[0])] == "&ldquo;We"


def test_line_breaks_make_lines() -> None:
    """Two breaks part paragraphs as old pages do, and text that stands bare in its element is an article's too."""
    source = small("Snow on the pass", "<h1>Snow on the pass</h1><div>" + "<br><br>".join(SENTENCES) + "</div>")
    assert [words for role, words in blocks(article(source)) if role != "headline"] == list(SENTENCES)


SENTENCES = (
    "The road over the pass is closed since Monday, because snow has fallen for three days without a break.",
    "Drivers have to take the way through the valley, which is forty kilometres longer, the police of Dorn said.",
    "A bus with schoolchildren was stuck for two hours before a plough could reach it, but nobody was hurt.",
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (FRONT, "list"),
        (small("Page not found - The Harbour Post", "<h1>Oops</h1><p>The page that you look for is not here. Try the search.</p>"), "error-page"),
        (small("The Harbour Post", "<p>We value your privacy. We and our partners use cookies to store data.</p><p>We use cookies.</p>"), "consent"),
        (small("Why the pier sank", f"<h1>Why the pier sank</h1><p>{SENTENCES[0]}</p><div>Subscribe to continue reading</div>"), "paywall"),
        (small("Storm, as seen", f"<h1>Storm, as seen</h1><p>{SENTENCES[0]}</p>", '<meta property="og:type" content="video.other">'), "video"),
        ("<html><body><script>var a = 1</script></body></html>", "no-article"),
        (small("Снег", "<p>Новини за деня</p>"), "no-article"),
    ],
)
def test_pages_that_are_no_article(source: str, reason: str) -> None:
    """A page that is something else is skipped for what it is."""
    found = read(source)
    assert isinstance(found, Skipped) and found.reason == reason, found


@pytest.mark.parametrize(
    "source",
    [
        small("Cookies: what changes", f"<h1>Cookies: what changes</h1><p>We use cookies, say most sites.</p>{BODY}{BODY}"),
        small("Error 404 in the archive", f"<h1>Error 404 in the archive</h1>{BODY}{BODY}{BODY}"),
        small("Snow", f"<h1>Snow</h1>{BODY}{BODY}{BODY}<p>Subscribe to continue reading every day.</p>"),
        small("Snow, filmed", f"<h1>Snow, filmed</h1>{BODY}", '<meta property="og:type" content="video.other">'),
        FRONT.replace("<h1>", f"<h1>Snow on the pass</h1><div>{BODY}{BODY}</div><h1>"),
    ],
)
def test_articles_are_not_lost_for_their_words(source: str) -> None:
    """An article about cookies, errors, subscribers or with many teasers is an article."""
    assert SENTENCES[0] in article(source).text


def test_a_live_blog_is_read_entry_by_entry() -> None:
    """Each entry is a page of its own, with its time, and an address inside the page."""
    found = entries(Page("live.html", LIVE, url="https://post.example/storm", media="html"))
    assert [page.source for page in found] == ["live.html#e18", "live.html#e20", "live.html#e10", "live.html#e12"]
    assert [page.published for page in found] == ["2031-11-02T18:05", "2031-11-02T20:05", "2031-11-03T10:05", "2031-11-03T12:05"]
    first = clean(found[0], language=None, max_chars=100_000)
    assert isinstance(first, Article) and first.url == "https://post.example/storm#e18" and "before 18 tomorrow" in first.text
    assert "before 20" not in first.text


@pytest.mark.parametrize(
    "source",
    [
        *(ARTICLE, FRONT),
        ARTICLE.replace("<nav>", "<nav><a href='/live-blog'>Live blog</a>"),
        LIVE.replace("live", "dead").replace("Storm", "A live blog of the Storm"),
    ],
)
def test_other_pages_are_not_split(source: str) -> None:
    """What is no live blog stays one page."""
    page = Page("page.html", source, media="html")
    assert entries(page) == (page,)


PARTS = st.sampled_from(
    (
        *("<p>", "</p>", "<div class='article-body'>", "</div>", "<h1>", "</h1>", "<nav>", "</nav>", "<a href=#>", "</a>", "<br>", "<ul><li>", "</ul>"),
        *("<blockquote>", "</blockquote>", "<pre>", "</pre>", "<figcaption>", "<!--", "-->", "<script>", "</script>", "<b>", "</b>", "<noscript>"),
        *("&#769;", "\u0306", "и", "\u2011", "\xa0"),
        *("&nbsp;", "&amp;", "&quot", "&#1078;", "&#0;", "&#x1F600;", "&bogus;", "&", "\u00ad", "\u200b", "\x00", "\n", "  ", "\u2028", "«", "»"),
        *(*SENTENCES, "Рух мостом зупинять із понеділка, повідомив мер на засіданні ради.", "Мост закроют.", "2 April 2031", "Read also: more"),
    )
)


@given(st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=80))
def test_any_page_is_an_article_with_places_or_a_reason(source: str) -> None:
    """Whatever the page, there is a reason, or an article whose blocks tile it and whose characters all stand in the source; twice the same."""
    found = read(source)
    assert found == read(source)
    if isinstance(found, Article):
        check(found, source)


@pytest.mark.parametrize(
    "source",
    [
        "<div class='a'>" * 10_000 + BODY + "</div>" * 10_000,
        "<nav>" * 5_000 + BODY * 20,
        ARTICLE[:1900],
        ARTICLE.encode()[:2500].decode("utf-8", "replace"),
        ARTICLE.encode("utf-16").decode("cp1251", "replace").replace("\x00", ""),
        ARTICLE.replace(SENTENCES[0], "").replace("<p>Fishermen", "<p>" + "Міст закриють на ремонт із понеділка. " * 20 + "</p><p>Fishermen"),
    ],
    ids=["nested", "menus", "cut", "cut-in-a-character", "mislabelled", "two-languages"],
)
def test_broken_pages_are_read_or_skipped(source: str) -> None:
    """Deep nesting, pages that are cut off, wrong encodings and two languages end in an article or a reason."""
    found = read(source)
    assert isinstance(found, Article | Skipped)
    if isinstance(found, Article):
        check(found, source)


def test_letters_are_whole_whatever_they_are_written_with() -> None:
    """Accents behind their letter, stresses, soft and zero-width characters, hyphens of print: plain text, with its place in the source."""
    odd = (
        "<p>Міи&#774;ський го\u0301лова Ковта\u00adленко сказав, що міст у Вербово\u0301му відкри\u200bють до\u00a0зими, "
        "бо темп робіт цього разу не знижують.</p>"
        "<p>Cafe\u0301 &amp; gare: <b>e</b>\u0301t\u0065\u0301 au soir\u2010même, д\u043e\u0438\u0306\u0301де.</p>"
    )
    source = small("Міст відкриють до зими", f"<h1>Міст відкриють до зими</h1>{odd}{BODY}")
    found = article(source, language="uk")
    check(found, source)
    assert "Мійський голова Ковталенко сказав, що міст у Вербовому відкриють до зими" in found.text
    assert "Café & gare: été au soir-même, дойде." in found.text
    assert found.alignment is not None
    at = found.text.index("Мій") + 2
    assert [source[a:b] for a, b in found.alignment.source(at, at + 1)] == ["и&#774;"]
    at = found.text.index("été")
    assert source[found.alignment.source(at, at + 1)[0][0] : found.alignment.source(at, at + 1)[-1][1]] == "e</b>\u0301"


def test_words_are_in_one_alphabet_and_names_apart_from_their_titles() -> None:
    """Latin letters that look like Cyrillic ones, and a blank left out behind a title, are mended as in plain text; each letter keeps its place."""
    said = "<p>Гocпoдін <b>Ігop</b>&nbsp;Галан і д-р<i>Іваненко</i> сказали, що г-нПетров не&shy;<a href='/a'>знaє</a>, коли міст відкриють.</p>"
    source = small("Міст відкриють до зими", f"<h1>Міcт відкриють до зими</h1>{said}{BODY}")
    found = article(source, language="uk")
    check(found, source)
    assert "Господін Ігор Галан і д-р Іваненко сказали, що г-н Петров незнає, коли міст відкриють." in found.text
    assert found.title == "Міст відкриють до зими" and found.alignment is not None
    for word, written in (("Ігор", "Ігop"), ("Петров", "Петров"), ("г-н Петров", "г-нПетров"), ("знає", "знaє"), ("Іваненко", "Іваненко")):
        at = found.text.index(word)
        assert [source[a:b] for a, b in found.alignment.source(at, at + len(word))] == [written]


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Mira Lund", ("Mira Lund",)),
        ("Harbourpost", ()),
        ("harbourpost.example", ()),
        ("Dorn Media Sp. z o.o.", ()),
        ("Dorn Verlag GmbH", ()),
        ("Reuters", ()),
        ("Ada Vane", ("Ada Vane",)),
    ],
)
def test_authors_are_persons(author: str, expected: tuple[str, ...]) -> None:
    """The firm, the outlet or the address that many pages name as their author is none; a person after whom a site is called is one."""
    name = "Ada Vane" if author == "Ada Vane" else "Harbourpost"
    head = f'<meta name="author" content="{author}"><meta property="og:site_name" content="{name}">'
    assert article(small("Snow on the pass", f"<h1>Snow on the pass</h1>{BODY}", head)).authors == expected


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Snow on the pass | The Harbour Post - news of Dorn and all the islands around", "<h1>The Harbour Post</h1><div>Snow on the pass</div>"),
        ("Dorn | Snow on the pass :: The Harbour Post", "<h2>Snow on the pass</h2>"),
        ("Snow on the pass | Post", ""),
    ],
)
def test_titles_without_the_name_of_the_site(title: str, body: str) -> None:
    """A title that goes on with the name of its site is the headline alone, and the headline on the page is known by it."""
    assert article(small(title, body + BODY)).title == "Snow on the pass"


@pytest.mark.parametrize(
    ("shown", "told", "changed", "expected"),
    [
        ("3 April 2031", "2031-04-02T23:30:00+00:00", "", "2031-04-03"),
        ("3 April 2031", "2031-04-02T23:30:00+00:00", "2031-04-03T08:00:00+00:00", "2031-04-02T23:30"),
        ("Updated: 3 April 2031", "2031-04-02T23:30:00+00:00", "", "2031-04-02T23:30"),
        ("3 April 2029", "2031-04-02T23:30:00+00:00", "", "2031-04-02T23:30"),
        ("2 April 2031", "2031-04-02T23:30:00+00:00", "", "2031-04-02T23:30"),
    ],
    ids=["local-day", "day-of-the-update", "called-an-update", "another-year", "the-same-day"],
)
def test_the_day_that_readers_see(shown: str, told: str, changed: str, expected: str) -> None:
    """The day beside the headline stands above the one that machines read, but for that of an update and one that is far away."""
    body = f"<h1>Snow on the pass</h1><div>{shown}</div>{BODY}"
    meta = f'<meta property="article:published_time" content="{told}"><meta property="article:modified_time" content="{changed}">'
    assert article(small("Snow on the pass", body).replace("</head>", f"{meta}</head>")).published == expected
