"""The site in a real browser: notes at numbers, search, languages, colours, phone, keyboard, paper, no scripts.

A folder with a chapter, the audit and a region's profile in both languages is built once and opened from disk with the
network unplugged.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from ecanalysis.build.plan import plan
from tests.browser import chromium, need
from tests.conftest import ROOT, command

AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
TARGETS = ("01_overall", "audit", "region_profile.CN-44")
HEAVIEST = 1_500_000
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PAGES = (
    "index.html", "index.en.html", "glossary.html", "glossary.en.html",
    *(f"{language}/{target}.html" for target in TARGETS for language in ("zh", "en")),
)  # fmt: skip
# By colour scheme what axe looks at: all that WCAG 2.2 asks for at level AA and what axe holds to be good practice; in
# the dark the rules about colours, for nothing else changes.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
NUMBER = "main p data.number > a[data-note]"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The folder as the command line writes it."""
    out = tmp_path_factory.mktemp("site")
    done = command("build", *TARGETS, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser, site) -> Iterator[Callable[..., Page]]:
    """Open a page of the site from disk, in a browser of its own kind, without a network."""
    contexts = []

    def opened(name: str, **how) -> Page:
        if not contexts:
            contexts.append(browser.new_context(viewport=how.pop("viewport", DESK), offline=True, **how))
            contexts[0].grant_permissions(["clipboard-read", "clipboard-write"])
        page = contexts[0].new_page()
        page.set_default_timeout(30_000)
        page.goto((site / name.partition("#")[0]).as_uri() + "".join(name.partition("#")[1:]))
        return page

    yield opened
    for context in contexts:
        context.close()


def card(page: Page) -> Locator:
    return page.locator("#card")


def words(locator: Locator) -> str:
    return " ".join(locator.inner_text().split())


def clipboard(page: Page) -> str:
    page.locator("#said.seen").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


# The folder as a whole.


def test_opened_from_a_folder_it_asks_for_nothing_outside(visit):
    """Neither a file elsewhere nor an address; and no script fails."""
    asked, failed = [], []
    for name in PAGES:
        page = visit("index.html")
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
        page.goto(page.url.replace("index.html", name))
        page.close()
    assert failed == []
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data"}
    assert {Path(urlsplit(url).path).suffix for url in asked if url.startswith("file")} == {".html", ".js"}


class Links(HTMLParser):
    """All places a page has and all it leads to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.targets: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors.add(given.get("id") or "")
        self.targets += [value for name in ("href", "src") if (value := given.get(name)) is not None]


def test_every_link_of_the_folder_leads_somewhere(site):
    """To a file of the folder and a place on it, or to an address outside that nothing loads."""
    pages = {path: Links(path) for path in site.rglob("*.html")}
    assert {str(path.relative_to(site)) for path in pages} == set(PAGES)
    dead = []
    for path, links in pages.items():
        for target in links.targets:
            address = urlsplit(target)
            if address.scheme in ("http", "https", "data"):
                continue
            file = Path(os.path.normpath(path.parent / unquote(address.path))) if address.path else path
            known = file.is_file() and (
                not address.fragment or file not in pages or unquote(address.fragment) in pages[file].anchors
            )
            if not known or not file.is_relative_to(site):
                dead.append(f"{path.relative_to(site)}: {target}")
    assert dead == []


def test_no_page_is_heavy(site):
    """A page opens at once and fits into a mail."""
    assert {path.name: path.stat().st_size for path in site.rglob("*.html") if path.stat().st_size > HEAVIEST} == {}


@pytest.mark.parametrize("name", ["index.html", "zh/01_overall.html", "en/audit.html"])
def test_nothing_jumps_while_a_page_loads(visit, name):
    """Figures take their place before they are drawn; what scripts add or fold does so before it is seen."""
    page = visit(name)
    shifts = page.evaluate(
        """() => new Promise((done) => {
            let sum = 0;
            new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.value; })
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done(sum), 400);
        })"""
    )
    assert shifts < 0.02


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(visit, name):
    """WCAG 2.2 AA and good practice, in both colour schemes; of the documents the shortest with all unfolded."""
    need(AXE.exists(), "no axe-core: npm ci --prefix tests/node")
    page = visit(name)
    if "region" in name:
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    page.add_script_tag(path=str(AXE))
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", rules)
        assert [(scheme, each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []


# Numbers.


def test_pointing_at_a_number_shows_where_it_was_printed(visit):
    """Printed form, what it is, source, section, line and interval; gone when the pointer goes, or on Escape."""
    page = visit("zh/01_overall.html")
    first = page.locator(NUMBER).first
    first.hover()
    card(page).wait_for()
    assert words(card(page).locator(".note")).startswith(
        "31.63 万亿元 电子商务交易额，中国，2018 年 商务部《中国电子商务报告 2018》，1.1.1 节，第 255 行 "
        "区间 31.625 至 31.635 万亿元"
    )
    card(page).hover()
    page.wait_for_timeout(400)
    assert card(page).is_visible()
    page.mouse.move(5, 500)
    card(page).wait_for(state="hidden")
    first.hover()
    card(page).wait_for()
    page.keyboard.press("Escape")
    card(page).wait_for(state="hidden")


def test_a_number_is_reached_and_left_by_keyboard(visit):
    """Focus shows the card, Enter goes into it, Escape comes back to the number."""
    page = visit("en/01_overall.html")
    page.locator("main h1").click()
    page.keyboard.press("Tab")
    card(page).wait_for()
    assert "section 1.1.1, line 255" in words(card(page))
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "card"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#card') !== null")
    page.keyboard.press("Escape")
    card(page).wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('data.number > a')")
    page.keyboard.press("Tab")
    card(page).wait_for()
    assert words(card(page).locator("b")) == "8.5%"


def test_tapping_a_number_shows_its_card_within_the_screen(visit):
    """On a phone, without leaving the page; a tap elsewhere closes it."""
    page = visit("zh/01_overall.html", viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator(NUMBER).nth(2).tap()
    card(page).wait_for()
    box = card(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert "#note" not in page.url
    page.locator("main h1").tap()
    card(page).wait_for(state="hidden")


def test_a_computed_number_says_how_and_from_what(visit):
    """The formula, and each operand with its own note."""
    page = visit("en/01_overall.html")
    page.locator('main p data.number > a[href^="#calc-"]').first.click()
    said = words(card(page))
    assert re.search(r"÷|−|sum", said), said
    assert "interval" in said
    operands = card(page).locator(".operand a")
    assert operands.count() >= 1
    operands.first.click()
    assert re.search(r"#note-", page.url)


def test_a_citation_is_two_clicks_away(visit):
    """The card copies a sentence that names value, source, section, line and id."""
    page = visit("zh/01_overall.html")
    page.locator(NUMBER).first.click()
    card(page).get_by_role("button", name="复制引用").click()
    assert re.fullmatch(
        r"电子商务交易额，中国，2018 年：31.63 万亿元。商务部《中国电子商务报告 2018》，1.1.1 节，第 255 行。"
        r"ecanalysis [\d.]+，mofcom-2018.1.1.1.01。",
        clipboard(page),
    )


def test_a_mark_leads_to_what_the_audit_found(visit):
    """From the number to its finding."""
    page = visit("zh/01_overall.html")
    mark = page.locator("main p a.erratum").first
    anchor = mark.get_attribute("href").partition("#")[2]
    mark.click()
    page.wait_for_url("**/audit.html#*")
    assert page.locator(f'[id="{anchor}"]').is_visible()


# Without scripts, on paper.


def test_without_scripts_numbers_lead_to_the_list_and_exhibits_to_files(visit, site):
    """Nothing that needs scripts is shown; a number's link goes to its note, and the note's back."""
    page = visit("zh/01_overall.html", java_script_enabled=False)
    first = page.locator(NUMBER).first
    first.click()
    note = page.locator(":target")
    assert "第 255 行" in words(note)
    note.get_by_role("link", name="回到正文").click()
    assert page.locator(":target").get_attribute("data-note") == "1"
    assert page.locator("button:visible").count() == 0
    assert page.locator(".neighbours:visible").count() == 0
    for file in page.locator(".tools a[download]").all()[:4]:
        assert (site / "zh" / file.get_attribute("href")).is_file()
    other = visit("index.html")
    assert other.locator("form.search:visible").count() == 0
    assert other.locator(".tiles a:visible").count() == 1


def test_the_list_of_notes_is_folded_until_somebody_goes_there(visit):
    """It is longer than the text; a link to a note, from the card or from elsewhere, unfolds it."""
    page = visit("zh/region_profile.CN-44.html")
    assert page.locator(".notes li").first.is_hidden()
    page.locator(NUMBER).first.click()
    anchor = page.locator(NUMBER).first.get_attribute("href")
    card(page).get_by_role("link", name="在列表中查看").click()
    page.locator(":target").wait_for()
    assert page.evaluate("location.hash") == anchor
    again = visit(f"zh/region_profile.CN-44.html{anchor}")
    again.locator(":target").wait_for()
    assert 0 <= again.locator(":target").bounding_box()["y"] < DESK["height"]


def test_printed_it_is_a_document(visit, tmp_path):
    """No bar, no tools; numbers carry the number of their note, the notes are all there, figures stay whole."""
    page = visit("zh/region_profile.CN-44.html")
    page.evaluate(
        "addEventListener('beforeprint', () => { noted = document.querySelector('.notes li').offsetHeight; })"
    )
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert page.evaluate("noted") > 0
    assert page.locator(".notes li").first.is_hidden()
    page.emulate_media(media="print")
    for hidden in (".bar", ".toc", ".tools", ".foot .neighbours"):
        assert page.locator(hidden).first.is_hidden(), hidden
    number = page.locator(NUMBER).first
    assert number.evaluate("(link) => getComputedStyle(link, '::after').content") == '"1"'
    assert page.locator("figure").first.evaluate("(figure) => getComputedStyle(figure).breakInside") == "avoid"


# Search, map, neighbours.


@pytest.mark.parametrize(
    ("index", "typed", "kind", "first", "where"),
    [
        ("index.html", "网上零售", "数字", "9.01 万亿元", "1.1.2 节，第 266 行"),
        ("index.html", "广东 快递", "数字", "129.6 亿件", "8.19"),
        ("index.en.html", "turnov", "Numbers", "31.63 trillion yuan", "section 1.1.1, line 255"),
        ("index.en.html", "guangd", "Regions", "Guangdong", "Guangdong: e-commerce profile"),
        ("index.en.html", "广东", "Regions", "Guangdong", "Guangdong: e-commerce profile"),
        ("index.html", "市场规模", "章节", "1.1 市场规模", "中国电子商务总体发展"),
        ("index.en.html", "work in e-comm", "Figures", "Figure 1-10. E-commerce employment", "China as a whole"),
        ("index.html", "从业人员", "术语", "电子商务从业人员", ""),
    ],
)
def test_search_finds_by_part_of_a_word_in_either_language(visit, index, typed, kind, first, where):
    """Numbers with their value and place, regions, sections, terms; without a server."""
    page = visit(index)
    page.locator("#words").press_sequentially(typed)
    section = page.locator("#results section", has=page.locator("h2", has_text=kind)).first
    section.wait_for()
    entry = section.locator("li").first
    assert words(entry.locator("a")).startswith(first)
    assert where in words(section)


def test_search_says_when_it_finds_nothing(visit):
    """And takes back what it found before."""
    page = visit("index.en.html")
    page.locator("#words").fill("turnover")
    page.locator("#results li").first.wait_for()
    page.locator("#words").fill("turnover xyzzy")
    page.locator("#found", has_text="Nothing found").wait_for()
    assert page.locator("#results li").count() == 0


def test_from_the_index_to_a_cited_number(visit):
    """Type, copy: no page has to be opened; the link leads to the note all the same."""
    page = visit("index.html#words")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("网上零售额 中国")
    page.locator("#results li").first.wait_for()
    page.locator("#results li button").first.click()
    assert clipboard(page).startswith(
        "网上零售额，中国，2018 年：9.01 万亿元。商务部《中国电子商务报告 2018》，1.1.2 节，第 266 行。"
    )
    page.locator("#results li a").first.click()
    page.wait_for_url("**/zh/01_overall.html#note-*")
    assert "9.01 万亿元" in words(page.locator(":target"))


def test_tile_map_leads_to_a_region(visit):
    """By pointer or keyboard; provinces without a page here are no links."""
    page = visit("index.en.html")
    tile = page.locator(".tiles a")
    assert tile.count() == 1
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/region_profile.CN-44.html")
    assert words(page.locator("h1")).startswith("Guangdong: e-commerce profile")


def test_documents_lead_to_the_one_before_and_after(visit):
    """Of those that stand in the folder, in the order of the index."""
    page = visit("zh/region_profile.CN-44.html")
    links = {link.get_attribute("rel"): link.get_attribute("href") for link in page.locator(".neighbours a").all()}
    stems = [run.stem for run in plan(TARGETS, "zh")]
    order = [run.stem for run in plan(language="zh") if run.stem in stems]
    here = order.index("region_profile.CN-44")
    assert links == {"prev": f"{order[here - 1]}.html", "next": f"{order[here + 1]}.html"}


def test_glossary_is_filtered_and_reached_from_a_note(visit):
    """The definition is one link from every number."""
    page = visit("zh/01_overall.html")
    page.locator(NUMBER).first.click()
    card(page).get_by_role("link", name="定义").click()
    page.wait_for_url("**/glossary.html#ecommerce_turnover")
    page.locator("#filter").fill("快递 业务量")
    assert 0 < page.locator(".term:visible").count() < 20
    assert page.locator("#express_delivery_volume").is_visible()


# Language and colours.


def test_the_other_language_opens_at_the_same_place(visit):
    """The heading or figure the reader was at."""
    page = visit("zh/01_overall.html")
    page.evaluate("document.getElementById('section-1-1-6').scrollIntoView()")
    page.locator("#language").click()
    page.wait_for_url("**/en/01_overall.html#section-1-1-6")
    assert page.locator("#section-1-1-6").bounding_box()["y"] < DESK["height"]


def test_dark_is_the_system_s_choice_until_the_reader_s(visit):
    """The switch turns it, is remembered on the next page, and figures stay readable on white."""
    page = visit("zh/01_overall.html", color_scheme="dark")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(background) == "rgb(18, 22, 29)"
    assert (
        page.locator("figure img").first.evaluate("(i) => getComputedStyle(i).backgroundColor") == "rgb(255, 255, 255)"
    )
    assert page.locator("#theme").get_attribute("aria-pressed") == "true"
    page.locator("#theme").click()
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    following = visit("index.en.html")
    assert following.evaluate(background) == "rgb(255, 255, 255)"


# Narrow, large, by keyboard.


@pytest.mark.parametrize("name", PAGES)
def test_pages_scroll_down_only(visit, name):
    """A desk, at 200 % and at 400 % zoom, a phone: what is wide scrolls inside its own box."""
    page = visit(name)
    for width in (1440, 720, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_figures_are_legible_on_a_phone(visit):
    """No narrower than what keeps their words readable; the rest scrolls, by keyboard too."""
    page = visit("zh/01_overall.html", viewport=PHONE)
    picture = page.locator(".picture").first
    assert picture.locator("img").bounding_box()["width"] >= 500
    assert picture.bounding_box()["width"] <= PHONE["width"]
    assert picture.get_attribute("tabindex") == "0"


def test_the_keyboard_alone_suffices(visit):
    """The first stop skips to the text; what has the focus is seen."""
    page = visit("zh/01_overall.html")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert words(skip) == "跳到正文"
    assert skip.bounding_box()["x"] > 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_targets_are_large_enough(visit):
    """24 by 24 pixels for whatever stands outside running text."""
    page = visit("zh/01_overall.html", viewport=PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".bar a, .bar button, .tools > ul a, .tools button")]
            .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([text]) => text)"""
    )
    assert small == []


# Taking things along.


def test_a_figure_is_drawn_as_png_three_times_its_size(visit):
    """By the browser, from the drawing in the page."""
    page = visit("zh/01_overall.html")
    exhibit = page.locator(".exhibit", has=page.locator("figure")).first
    width = int(exhibit.locator("img").get_attribute("width"))
    with page.expect_download() as waiting:
        exhibit.get_by_role("button", name="PNG").click()
    content = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == f"{exhibit.locator('figure').get_attribute('id')}.png"
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 3 * width


def test_a_table_is_copied_with_tabs(visit):
    """A line a row, a tab between cells, marks left out."""
    page = visit("zh/01_overall.html")
    exhibit = page.locator(".exhibit", has=page.locator("table[id]")).first
    exhibit.get_by_role("button", name="复制").click()
    lines = clipboard(page).splitlines()
    table = exhibit.locator("table").first
    assert len(lines) == table.locator("tr").count()
    assert {line.count("\t") for line in lines} == {table.locator("thead th").count() - 1}
    assert "※" not in "".join(lines)


def test_a_link_leads_straight_to_a_figure(visit):
    """Its id is its address."""
    page = visit("en/01_overall.html#mofcom-2018.fig-1-2")
    box = page.locator('[id="mofcom-2018.fig-1-2"]').bounding_box()
    assert 0 <= box["y"] < DESK["height"]
