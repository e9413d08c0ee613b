"""In a real browser: from a name to the words on the page, without JavaScript, by keyboard, on a phone, in the dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const ground = node => {
    const chain = [];
    for (let e = node; e; e = e.parentElement) chain.push(parse(getComputedStyle(e).backgroundColor));
    return chain.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const poor = [];
  for (const node of document.querySelectorAll('body *')) {
    if (![...node.childNodes].some(c => c.nodeType === 3 && c.data.trim()) || !node.getClientRects().length) continue;
    const style = getComputedStyle(node), back = ground(node);
    let alpha = 1;
    for (let e = node; e; e = e.parentElement) alpha *= Number(getComputedStyle(e).opacity);
    const colour = parse(node.namespaceURI.endsWith('svg') ? style.fill : style.color);
    const one = light(over([colour[0], colour[1], colour[2], colour[3] * alpha], back)), two = light(back);
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.push(`${node.outerHTML.slice(0, 90)} ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


def addresses(page: Page, site: str) -> list[str]:
    """One address of every kind of page, found by walking."""
    found = ["/", "/search?q=Halan", "/search?q=bridge", "/search?q=zzz", "/people", "/stories", "/articles", "/outlets", "/skipped"]
    found += ["/nowhere", "/people?limit=x"]
    for start, pattern in (("/people?q=Halan", "/people/"), ("/articles", "/articles/"), ("/stories", "/stories/")):
        page.goto(site + start)
        found += [str(link.get_attribute("href")) for link in page.locator(f"main a[href^='{pattern}']").all()]
    page.goto(site + found[-1])
    found.append(str(page.locator("main a[href^='/utterances/']").first.get_attribute("href")))
    found.append(next(address for address in found if address.startswith("/articles/")).partition("#")[0] + "/source")
    return found


def test_from_a_name_to_the_words_on_the_page(plain_page: Page, site: str) -> None:
    """Without JavaScript: search a name in Latin letters, choose the person, a statement, and stand at its words in the article."""
    plain_page.goto(site)
    plain_page.get_by_label("A name, in any alphabet").fill("halan")
    plain_page.get_by_role("button", name="Search").click()
    people = plain_page.get_by_role("region", name="People and bodies")
    people.get_by_role("link").first.click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text(re.compile("Галан|Halan"))
    statement = plain_page.locator("article.statement", has_text="Опори треба міняти всі шість")
    statement.get_by_role("link", name="In the article").click()
    plain_page.wait_for_url("**/articles/*#s-*")
    anchor = plain_page.url.partition("#")[2]
    mark = plain_page.locator(f"mark[id='{anchor}']")
    expect(mark).to_contain_text("Ми не обіцяємо дива. Опори треба міняти всі шість")
    expect(mark).to_be_in_viewport()
    expect(plain_page.locator(".junk")).to_contain_text(["2 квітня 2031", "Читайте також"])


def test_from_a_statement_to_its_source(plain_page: Page, site: str) -> None:
    """From a statement in a list to its words in the page as it came, and back to the article."""
    plain_page.goto(f"{site}/people?q=Halan")
    plain_page.locator("main a[href^='/people/']").first.click()
    plain_page.locator("article.statement").first.get_by_role("link", name="in the source").click()
    plain_page.wait_for_url("**/articles/*/source#s-*")
    expect(plain_page.locator(f"pre mark[id='{plain_page.url.partition('#')[2]}']")).to_be_in_viewport()
    plain_page.get_by_role("link", name="The article as it is read").click()
    plain_page.wait_for_url(re.compile("/articles/[0-9a-f]+$"))


def test_from_the_words_to_who_reports_them_how(plain_page: Page, site: str) -> None:
    """From an article to its story, where each outlet quotes, paraphrases or leaves out, and to the reports side by side."""
    plain_page.goto(f"{site}/search?q=bridge")
    plain_page.get_by_role("link", name="Bridge will not reopen before November, mayor says").first.click()
    plain_page.get_by_role("link", name="The story").click()
    table = plain_page.get_by_role("table")
    for outlet in ("Вісник Залуччя", "The Lantern Review", "Дневен глас"):
        expect(table.get_by_role("columnheader", name=outlet)).to_be_visible()
    for telling in ("quoted", "paraphrased", "absent"):
        expect(table.get_by_text(telling, exact=True).first).to_be_visible()
    table.get_by_role("link", name="side by side").first.click()
    expect(plain_page.locator("section.report").first).to_be_visible()


def test_a_persons_statements_are_narrowed_down(plain_page: Page, site: str) -> None:
    """The bars of the timeline and the form above the list narrow statements down, without JavaScript."""
    plain_page.goto(f"{site}/people?q=Halan")
    plain_page.locator("main ul a").first.click()
    statements = plain_page.locator("article.statement")
    expect(statements).to_have_count(6)
    plain_page.get_by_label("About").fill("опора")
    plain_page.get_by_role("button", name="Narrow down").click()
    expect(statements).to_have_count(1)
    plain_page.get_by_role("link", name="Show all").click()
    expect(statements).to_have_count(6)
    plain_page.get_by_role("link", name=re.compile(r"^2031-04-03: ")).click()
    expect(statements).to_have_count(1)
    assert "since=2031-04-03" in plain_page.url


def test_what_differs_is_marked_and_told(plain_page: Page, crowded_site: str) -> None:
    """Another figure and a clause left out are marked in the words and told beside them; one report was first, the other tells a part."""
    plain_page.goto(f"{crowded_site}/utterances/00000000000000cc")
    reports = plain_page.locator("section.report")
    expect(plain_page.locator("section.report mark.otherfigure")).to_have_text(["6 разів", "вп'ятеро"])
    expect(plain_page.locator("section.report mark.leftout")).to_have_text(["і поромники можуть лишитися без роботи"])
    expect(plain_page.locator("ul.differences li").filter(has_text="figure")).to_contain_text("6 times, here 5 times")
    expect(reports.filter(has_text="first to report")).to_have_count(1)
    expect(reports.nth(1)).to_contain_text("a part of it")
    reports.nth(1).get_by_role("link", name="In the article").click()
    expect(plain_page.locator("mark.said").first).to_be_in_viewport()


def test_long_words_and_ten_languages_fit_a_phone(browser: Browser, crowded_site: str) -> None:
    """Ten reports in ten languages, with words of two hundred letters, fit 360 pixels, and can be read in the dark."""
    with browser.new_context(viewport={"width": 360, "height": 720}, color_scheme="dark") as context:
        page = context.new_page()
        for address in ("/stories", "/stories/00000000000000aa", "/utterances/00000000000000bb"):
            page.goto(crowded_site + address)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= 360, address
            assert page.evaluate(CONTRAST) == [], address
        expect(page.locator("section.report")).to_have_count(10)


def test_empty_store_says_so(plain_page: Page, empty_site: str) -> None:
    """Every list of an empty store is a page that says that there is nothing."""
    for address in ("/", "/people", "/stories", "/articles", "/outlets"):
        assert plain_page.goto(empty_site + address).status == 200  # type: ignore[union-attr]
    expect(plain_page.get_by_role("heading", level=1)).to_be_visible()
    plain_page.goto(f"{empty_site}/stories")
    expect(plain_page.get_by_text("No stories on record.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(browser: Browser, site: str, scheme: str) -> None:
    """On every kind of page, by day and in the dark, text has the contrast of WCAG AA, and nothing is refused or fetched elsewhere."""
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if "status of 40" not in message.text else None)
        page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(site) else None)
        for address in addresses(page, site):
            page.goto(site + address)
            assert page.evaluate(CONTRAST) == [], address
        assert complaints == []


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, site: str) -> None:
    """At 360 pixels no page is wider than the screen; a wide table scrolls in its own frame."""
    with browser.new_context(viewport={"width": 360, "height": 720}) as context:
        page = context.new_page()
        for address in addresses(page, site):
            page.goto(site + address)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= 360, address


def test_keyboard_alone_is_enough(browser: Browser, site: str) -> None:
    """The first tab stop skips to the content, focus is seen, and a search can be typed and sent."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/people")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Skip to the content")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("Enter")
        expect(page.locator(":focus")).to_have_attribute("id", "main")
        page.goto(site)
        page.get_by_label("A name, in any alphabet").focus()
        page.keyboard.type("Дуб")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Орест Дуб").first).to_be_visible()


def test_hostile_pages_stay_text(browser: Browser, site: str) -> None:
    """With JavaScript on, a page's own tags are shown and never run."""
    with browser.new_context() as context:
        page = context.new_page()
        ran: list[str] = []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.goto(f"{site}/search?q=alert")
        page.get_by_role("link", name="In the article").first.click()
        expect(page.locator(".read mark").first).to_contain_text("<script>alert('said')</script>")
        assert ran == []


def test_examples_lead_from_a_name_to_the_words(plain_page: Page, examples_site: str) -> None:
    """Over the project's examples: the person who says most, their newest statement, and its words marked in the article."""
    plain_page.goto(examples_site)
    plain_page.get_by_role("region", name="Who says most").get_by_role("listitem").first.get_by_role("link").first.click()
    plain_page.wait_for_url("**/people/*")
    statement = plain_page.locator("article.statement").first
    words = statement.locator("blockquote p").inner_text().strip("“”").split(" … ")[0]
    statement.get_by_role("link", name="In the article").click()
    plain_page.wait_for_url("**/articles/*#s-*")
    mark = plain_page.locator(f"mark[id='{plain_page.url.partition('#')[2]}']")
    expect(mark).to_contain_text(words[:60])
    expect(mark).to_be_in_viewport()
    plain_page.goto(f"{examples_site}/stories")
    assert plain_page.locator("main ul li").count() >= 2
