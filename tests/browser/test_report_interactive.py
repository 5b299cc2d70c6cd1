"""The report's own script in a browser: linking, keyboard, sorting, the address, saving; and the page without it."""
import csv
import pathlib
import re
import time
import urllib.parse

import pytest
from chromium import CHROMIUM, Chromium

TOPIC = "alcohol-violence-without-injury"
RATE_MAP, QUADRANT, TABLE = f"{TOPIC}.rate-map", f"{TOPIC}.quadrant", f"table-{TOPIC}"
ST_MICHAELS, HENLEY, FOLESHILL = "E05001228", "E05001223", "E05001222"
# Figure 10.4.7 of the printed needs assessment, its limits by Byar; rank and wards counted by hand.
SPOKEN = "St Michael’s: 1,116 per 100,000 (1,016 to 1,224), rank 1 of 18"


@pytest.fixture(scope="module")
def page(report):
    return report / "index.html"


@pytest.fixture(scope="module")
def one_browser(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("chromium is not installed here")
    browser = Chromium(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture
def browser(one_browser, page):
    """The report, freshly opened at a desk's width; whatever a test does, the page must not have complained."""
    one_browser.size(1280)
    one_browser.open(page.as_uri())
    yield one_browser
    assert one_browser.console == []
    assert [url for url in one_browser.requests if not url.startswith(("data:", "blob:", page.as_uri()))] == []


def line(browser):
    return browser.run("document.querySelector('[role=status]').textContent")


def address_becomes(browser, wanted):
    """The page writes its address a little after the last change."""
    found = None
    for _ in range(100):
        found = urllib.parse.unquote(browser.run("location.hash"))
        if found == wanted:
            break
        time.sleep(0.05)
    assert found == wanted


def middle(browser, selector):
    browser.run(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
    return browser.run(f"(() => {{ const r = document.querySelector({selector!r}).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }})()")


def changes(browser):
    """The changes of the topic's table in %, from top to bottom, without the whole."""
    return [int(re.match(r"[+−]?\d+", text).group().replace("−", "-")) for text in column(browser, TABLE, 4)[:-1]]


def mark(figure, code):
    return f'[id="figure-{figure}"] [data-code={code}]'


def outlined(browser, figure):
    """Codes of the wards with an outline in a figure, from the marks that carry one."""
    return browser.run(f"""[...new Set([...document.querySelectorAll('[id="figure-{figure}"] .wm-on')].map((one) => one.dataset.code))].sort()""")


def column(browser, table, index):
    return browser.run(f"[...document.querySelectorAll('#{table} tbody tr')].map((row) => row.cells[{index}].textContent)")


def test_the_script_runs_under_the_policy_and_asks_for_nothing(browser, page):
    assert browser.run("document.querySelectorAll('button.pin').length") > 100
    assert browser.requests == [page.as_uri()]


def test_the_policy_stops_every_other_script(browser):
    browser.run("document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title = \"broken\"'}))")
    assert browser.run("document.title") != "broken"
    assert any("Content Security Policy" in text for text in browser.console)
    browser.console.clear()


def test_pointing_at_an_area_shows_it_in_map_chart_and_table_and_says_its_row(browser):
    browser.point(*middle(browser, mark(RATE_MAP, ST_MICHAELS)))
    assert line(browser).startswith(SPOKEN)
    for figure in (RATE_MAP, QUADRANT, f"{TOPIC}.quadrant-map", f"{TOPIC}.count-map", "drug-violence-with-injury.rate-map"):
        assert outlined(browser, figure) == [ST_MICHAELS]
        assert browser.run(f"""document.querySelectorAll('[id="figure-{figure}"] .wm-over:not([id$="-legend"] *) > g').length""") == 2
    assert browser.run(f"[...document.querySelectorAll('#{TABLE} tr.on')].map((row) => row.dataset.code)") == [ST_MICHAELS]
    browser.point(2, 2)
    assert outlined(browser, RATE_MAP) == [] and line(browser) == ""


def test_pointing_at_a_marker_or_a_row_shows_the_area_on_the_map(browser):
    x, y = middle(browser, mark(QUADRANT, HENLEY))
    browser.point(x + 5, y + 5)  # near is enough: the marker is 8 pixels wide
    assert outlined(browser, RATE_MAP) == [HENLEY]
    browser.point(*middle(browser, f"#{TABLE} tr[data-code={FOLESHILL}] td"))
    assert outlined(browser, RATE_MAP) == [FOLESHILL] and line(browser).startswith("Foleshill: 496 per 100,000")


def test_a_click_pins_several_stay_and_escape_clears(browser):
    browser.click(*middle(browser, mark(RATE_MAP, ST_MICHAELS)))
    browser.click(*middle(browser, mark(QUADRANT, HENLEY)))
    browser.point(2, 2)
    assert outlined(browser, f"{TOPIC}.count-map") == [HENLEY, ST_MICHAELS]
    assert line(browser) == "Pinned: Henley, St Michael’s."
    address_becomes(browser, f"#ward={ST_MICHAELS},{HENLEY}")
    browser.click(*middle(browser, mark(RATE_MAP, HENLEY)))
    address_becomes(browser, f"#ward={ST_MICHAELS}")
    browser.press("Escape")
    browser.point(3, 3)
    assert outlined(browser, RATE_MAP) == []
    address_becomes(browser, "")


def test_a_figure_is_one_tab_stop_and_arrows_walk_by_name(browser):
    browser.run(f"""document.querySelector('[id="figure-{RATE_MAP}"] [tabindex="0"]').focus()""")
    active = "document.activeElement.dataset.code"
    assert browser.run(active) == "E05001218" and line(browser).startswith("Bablake: 190 per 100,000")
    browser.press("ArrowRight")
    assert line(browser).startswith("Binley and Willenhall: 559 per 100,000")
    browser.press("ArrowDown")
    assert line(browser).startswith("Cheylesmore: 339 per 100,000")
    browser.press("ArrowLeft")
    browser.press("Home")
    browser.press("ArrowLeft")  # nowhere to go: stays
    assert browser.run(active) == "E05001218"
    browser.press("End")
    assert line(browser).startswith("Wyken: 168 per 100,000")
    browser.press("Enter")
    assert line(browser).startswith("Pinned. Wyken: 168") and outlined(browser, QUADRANT) == ["E05001235"]
    browser.press(" ")
    assert line(browser).startswith("No longer pinned. Wyken: 168")
    browser.press("Tab")
    assert browser.run("document.activeElement.closest('figcaption') !== null")
    browser.press("Tab", shift=True)
    assert browser.run(active) == "E05001235"  # back where the walk ended
    assert browser.run(f"""document.querySelectorAll('[id="figure-{RATE_MAP}"] .wide [tabindex="0"]').length""") == 1


def test_every_linked_figure_has_one_stop_and_spoken_marks(browser):
    assert browser.run("""[...document.querySelectorAll('svg[role=graphics-document]')].every((svg) =>
        svg.querySelectorAll('[tabindex="0"]').length === 1 && !svg.closest('div[tabindex]') &&
        [...svg.querySelectorAll('[data-code]:not([id$="-legend"] *), .wm-class')].every((mark) => mark.getAttribute('role') === 'graphics-symbol' && mark.getAttribute('aria-label').length > 5))""")
    assert browser.run(f"document.querySelector('{mark(RATE_MAP, ST_MICHAELS)}').getAttribute('aria-label')").startswith(SPOKEN)


def test_the_table_pins_by_keyboard_alone(browser):
    browser.run(f"document.querySelector('#{TABLE} tr[data-code={ST_MICHAELS}] button').focus()")
    assert line(browser).startswith(SPOKEN)
    browser.press("Enter")
    assert browser.run("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert browser.run("document.activeElement.getAttribute('aria-label')") == "Pin St Michael’s"
    assert outlined(browser, RATE_MAP) == [ST_MICHAELS]


def test_headings_sort_as_numbers_and_the_whole_stays_last(browser):
    heading = f"#{TABLE} thead th:nth-child(5)"  # Change, %
    written = column(browser, TABLE, 0)
    press = f"document.querySelector('{heading} button').click()"
    sort = f"document.querySelector('{heading}').getAttribute('aria-sort')"
    assert browser.run(sort) == "none"
    browser.run(press)
    numbers = changes(browser)
    assert numbers == sorted(numbers, reverse=True) and numbers[0] == 148 and numbers[-1] == -11
    assert column(browser, TABLE, 0)[-1] == "Coventry" and browser.run(sort) == "descending"
    assert line(browser) == "Sorted by Change, %, largest first."
    address_becomes(browser, f"#sort={TABLE}~4~down")
    browser.run(press)
    assert changes(browser) == sorted(numbers) and column(browser, TABLE, 0)[-1] == "Coventry" and browser.run(sort) == "ascending"
    browser.run(press)
    assert column(browser, TABLE, 0) == written and browser.run(sort) == "none"
    address_becomes(browser, "")
    browser.run(f"document.querySelector('#{TABLE} thead button').click()")
    assert column(browser, TABLE, 0)[:3] == ["Bablake", "Binley and Willenhall", "Cheylesmore"]


def test_cells_without_a_number_come_last_both_ways(browser):
    marks = ["[c]", "1,234", "[x]", "9 [u]", "−3", "+64%"]
    browser.run(f"{marks!r}.forEach((text, i) => {{ document.querySelector('#{TABLE} tbody').rows[i].cells[1].textContent = text }})")
    browser.run(f"[...document.querySelectorAll('#{TABLE} tbody tr')].slice({len(marks)}, -1).forEach((row) => {{ row.cells[1].textContent = '' }})")
    press = f"document.querySelector('#{TABLE} thead th:nth-child(2) button').click()"
    browser.run(press)
    assert column(browser, TABLE, 1)[:6] == ["1,234", "+64%", "9 [u]", "−3", "[c]", "[x]"]
    browser.run(press)
    assert column(browser, TABLE, 1)[:6] == ["−3", "9 [u]", "+64%", "1,234", "[c]", "[x]"]


def test_the_filter_keeps_names_in_every_table_and_says_how_many(browser):
    browser.run("document.getElementById('find').focus()")
    browser.call("Input.insertText", text="stoke")
    assert line(browser) == "2 of 18 shown in the tables: Lower Stoke, Upper Stoke."
    for table in (TABLE, "table-needle-finds", "table-areas"):
        shown = browser.run(f"[...document.querySelectorAll('#{table} tbody tr')].filter((row) => row.offsetHeight > 0).map((row) => row.cells[0].textContent)")
        assert sorted(set(shown) - {"Coventry"}) == ["Lower Stoke", "Upper Stoke"]
    address_becomes(browser, "#find=stoke")
    browser.call("Input.insertText", text=" newington")
    assert line(browser) == "No name has “stoke newington” in it."
    browser.run("(() => { const find = document.getElementById('find'); find.value = 'st michael\\'s'; find.dispatchEvent(new Event('input')) })()")
    assert line(browser) == "1 of 18 shown in the tables: St Michael’s."  # either apostrophe


def test_an_address_brings_pins_order_and_filter_back(browser, page):
    browser.open(f"{page.as_uri()}#{TOPIC}&ward={ST_MICHAELS},{HENLEY}&sort={TABLE}~0~up&find=l")
    assert outlined(browser, QUADRANT) == [HENLEY, ST_MICHAELS]
    assert browser.run(f"document.querySelector('#{TABLE} th').getAttribute('aria-sort')") == "ascending"
    assert browser.run("document.getElementById('find').value") == "l"
    assert abs(browser.run(f"document.getElementById('{TOPIC}').getBoundingClientRect().top")) < 60
    browser.run("document.querySelector('nav a[href=\"#needle-finds\"]').click()")  # a plain link keeps the state
    address_becomes(browser, f"#needle-finds&ward={ST_MICHAELS},{HENLEY}&sort={TABLE}~0~up&find=l")
    assert outlined(browser, QUADRANT) == [HENLEY, ST_MICHAELS]


@pytest.mark.parametrize("fragment", ["ward=E05999999", "sort=nowhere~1~down", f"sort={TABLE}~99~up", f"sort={TABLE}", "ward=%E0%A4%A", "find=%", "&&=&=", "no-such-section", "constructor=1"])
def test_an_address_that_is_wrong_or_cut_does_no_harm(browser, page, fragment):
    browser.open(f"{page.as_uri()}#{fragment}")
    assert outlined(browser, RATE_MAP) == []
    assert browser.run("document.querySelectorAll('th[aria-sort=ascending], th[aria-sort=descending]').length") == 0
    if fragment == "ward=E05999999":
        assert line(browser) == "Not in this report: E05999999."


def test_a_picture_is_saved_as_it_is_shown(browser, page, tmp_path):
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.click(*middle(browser, mark(RATE_MAP, ST_MICHAELS)))
    for kind in ("SVG", "PNG"):
        browser.run(f"""[...document.querySelectorAll('[id="figure-{RATE_MAP}"] .act')].find((one) => one.textContent === 'Save {kind}').click()""")
    svg, png = tmp_path / f"{RATE_MAP}.svg", tmp_path / f"{RATE_MAP}.png"
    for _ in range(200):
        if svg.is_file() and png.is_file():
            break
        time.sleep(0.05)
    text = svg.read_text(encoding="utf-8")
    assert 'width="159mm"' in text and text.count("wm-on") >= 2 and "<style" in text and "tabindex" not in text
    head = png.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(head[16:20], "big") == 1878  # 159 mm at 300 dots an inch


def tip(browser):
    """What stands beside the pointer or the focus; None where nothing does."""
    return browser.run("(() => { const tip = document.querySelector('.tip'); return tip.hidden ? null : tip.textContent })()")


def test_the_words_stand_beside_the_pointer_can_be_reached_and_escape_puts_them_away(browser):
    x, y = middle(browser, mark(RATE_MAP, ST_MICHAELS))
    browser.point(x, y)
    assert tip(browser).startswith(SPOKEN) and tip(browser) == line(browser)
    box = browser.run("(() => { const r = document.querySelector('.tip p').getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] })()")
    assert box[3] < y and box[0] >= 0 and box[2] <= 1280
    for step in range(1, 6):  # up into the words, over whatever ward lies between
        browser.point(x, y + (box[1] + 4 - y) * step / 5)
        assert tip(browser).startswith(SPOKEN)
    browser.press("Escape")
    assert tip(browser) is None and line(browser).startswith(SPOKEN)
    browser.point(*middle(browser, mark(RATE_MAP, HENLEY)))
    assert tip(browser).startswith("Henley: 616 per 100,000")
    browser.point(2, 2)
    assert tip(browser) is None


def test_the_words_follow_the_keyboard_and_a_first_escape_keeps_the_pins(browser):
    browser.click(*middle(browser, mark(RATE_MAP, ST_MICHAELS)))
    assert tip(browser) is None  # the line at the foot says it
    browser.run(f"""document.querySelector('[id="figure-{RATE_MAP}"] [tabindex="0"]').focus()""")
    browser.press("ArrowRight")
    assert tip(browser) == line(browser)
    browser.press("Escape")
    assert tip(browser) is None and ST_MICHAELS in outlined(browser, RATE_MAP)
    browser.press("Escape")
    browser.point(2, 2)
    assert outlined(browser, RATE_MAP) == []


def test_a_row_of_a_table_needs_no_words_beside_it(browser):
    browser.point(*middle(browser, f"#{TABLE} tr[data-code={FOLESHILL}] td"))
    assert tip(browser) is None


def key_box(figure, text):
    """The box of a class: the script has named it by the words beside it."""
    return f'[id="figure-{figure}"] .wm-class[aria-label^="{text}"]'


# Figure 10.4.7: over 400 and under 1,000 are Binley and Willenhall 559, Foleshill 496, Henley 616, Longford 498.
UPPER_CLASS = ["E05001219", FOLESHILL, HENLEY, "E05001225"]


def test_pointing_at_a_class_or_its_words_shows_its_wards_and_a_click_pins_them(browser):
    x, y = middle(browser, key_box(RATE_MAP, "400 to 999"))
    for way in (0, 60):  # the box, the words beside it
        browser.point(2, 2)
        browser.point(x + way, y)
        assert outlined(browser, RATE_MAP) == UPPER_CLASS == outlined(browser, QUADRANT)
        assert line(browser) == "400 to 999: 4 wards. Binley and Willenhall, Foleshill, Henley, Longford"
    browser.click(x, y)
    browser.point(2, 2)
    assert outlined(browser, QUADRANT) == UPPER_CLASS
    assert line(browser) == "Pinned: Binley and Willenhall, Foleshill, Henley, Longford."
    browser.click(x, y)
    browser.point(2, 2)
    assert outlined(browser, QUADRANT) == []


def test_the_boxes_of_the_quadrant_key_show_their_wards(browser):
    figure = f"{TOPIC}.quadrant-map"
    counts = browser.run(f"""[...document.querySelectorAll('[id="figure-{figure}"] .wm-class')].map((one) => one.getAttribute('aria-label'))""")
    assert len(counts) == 4 and any(text == "1 ward. St Michael’s" for text in counts)
    assert sum(int(text.split()[0]) for text in counts) == 18
    browser.point(*middle(browser, key_box(figure, "1 ward. St")))
    assert outlined(browser, RATE_MAP) == [ST_MICHAELS]


def test_a_ward_is_marked_on_the_histogram_of_its_key_and_a_square_shows_its_ward(browser):
    square = f'[id="figure-{RATE_MAP}"] [id$="-legend"] [data-code={HENLEY}]'
    browser.point(*middle(browser, mark(RATE_MAP, HENLEY)))
    ring = browser.run(f"""(() => {{ const box = (one) => one.getBoundingClientRect();
        const square = box(document.querySelector('{square}')), ring = box(document.querySelector('[id="figure-{RATE_MAP}"] [id$="-legend"] .wm-line'));
        return [ring.left + ring.width / 2 - square.left - square.width / 2, ring.top + ring.height / 2 - square.top - square.height / 2] }})()""")
    assert max(map(abs, ring)) < 1  # the ring is about the square
    assert browser.run(f"""document.querySelectorAll('[id="figure-{RATE_MAP}"] [id$="-legend"] [data-code]').length""") == 18
    browser.point(*middle(browser, square))
    assert outlined(browser, QUADRANT) == [HENLEY] and line(browser).startswith("Henley: 616")


def test_the_arrows_lead_from_the_last_ward_to_the_classes(browser):
    browser.run(f"""document.querySelector('[id="figure-{RATE_MAP}"] [tabindex="0"]').focus()""")
    browser.press("End")
    browser.press("ArrowRight")
    assert line(browser).startswith("1,000 and over: 1 ward. St Michael’s")
    browser.press("ArrowDown")
    browser.press("Enter")
    assert line(browser).startswith("Pinned. 400 to 999: 4 wards.") and outlined(browser, QUADRANT) == UPPER_CLASS
    browser.press("ArrowLeft")
    browser.press("ArrowLeft")
    assert line(browser).startswith("Wyken: 168")


def press_button(browser, figure, words):
    browser.run(f"""[...document.querySelectorAll('[id="figure-{figure}"] .act')].find((one) => one.textContent === {words!r}).click()""")


def test_the_table_of_a_picture_is_saved_as_csv_with_plain_numbers(browser, tmp_path):
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.run("(() => { const find = document.getElementById('find'); find.value = 'stoke'; find.dispatchEvent(new Event('input')) })()")
    press_button(browser, RATE_MAP, "Save CSV")
    saved = tmp_path / f"{TOPIC}.csv"
    for _ in range(200):
        if saved.is_file():
            break
        time.sleep(0.05)
    rows = list(csv.reader(saved.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "Ward" and [row[0] for row in rows[1:]] == ["Upper Stoke", "Lower Stoke", "Coventry"]
    assert len({len(row) for row in rows}) == 1
    assert "1526" in rows[-1] and not any(re.search(r"\d,\d{3}|−", cell) for row in rows[1:] for cell in row[1:])
    browser.run("document.getElementById('find').value = ''")


def test_the_alternative_text_is_copied_or_shown_to_copy(browser):
    alt = browser.run(f"""document.getElementById('figure-{RATE_MAP}').dataset.alt""")
    assert alt.startswith("Map of Coventry’s 18 wards by alcohol-marked violence without injury per 100,000 people")
    browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    press_button(browser, RATE_MAP, "Copy alt text")
    for _ in range(100):
        if line(browser):
            break
        time.sleep(0.02)
    assert line(browser) == "The alternative text is copied." and browser.run("navigator.clipboard.readText()") == alt
    browser.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    press_button(browser, RATE_MAP, "Copy alt text")
    for _ in range(100):
        if line(browser).startswith("To copy"):
            break
        time.sleep(0.02)
    assert line(browser) == f"To copy by hand: {alt}"


def test_every_picture_can_be_saved_and_its_alternative_text_copied(browser):
    without = browser.run("""[...document.querySelectorAll('figure')].filter((figure) =>
        ['Save SVG', 'Save PNG', 'Save CSV', 'Copy alt text'].some((words) => ![...figure.querySelectorAll('.act')].some((one) => one.textContent === words))).map((one) => one.id)""")
    assert without == []


def test_the_first_stop_is_the_skip_link_and_it_leads_to_the_report(browser):
    browser.press("Tab")
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("Enter")
    assert browser.run("document.activeElement.id") == "main"


def test_the_focus_is_always_seen(browser):
    """A black ring of at least 2 pixels and a yellow one, or an outline in the picture."""
    for selector in ("nav a", "figcaption .act", "thead button", ".pin", "#find", "footer a, header a"):
        browser.run(f"document.querySelector({selector!r}).focus({{focusVisible: true}})")
        style = browser.run("(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth), s.outlineColor, s.boxShadow] })()")
        assert style[:3] == ["solid", 3, "rgb(255, 221, 0)"] and "rgb(11, 12, 12)" in style[3], selector
    browser.run(f"""document.querySelector('[id="figure-{RATE_MAP}"] [tabindex="0"]').focus()""")
    browser.press("ArrowRight")
    assert browser.run(f"""document.querySelectorAll('[id="figure-{RATE_MAP}"] .wm-focus').length""") == 2


def test_forced_colours_keep_rows_pins_and_strokes_apart(browser):
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": "active"}])
    try:
        browser.click(*middle(browser, mark(RATE_MAP, ST_MICHAELS)))
        look = browser.run(f"""(() => {{ const style = (selector) => getComputedStyle(document.querySelector(selector));
            return [style('#{TABLE} tr.pinned').outlineStyle, style('#{TABLE} tr.pinned .pin').getPropertyValue('display'),
                    style('[id="figure-{RATE_MAP}"] .wm-line path').stroke, style('{mark(RATE_MAP, ST_MICHAELS)} path').fill, style('.bar i').forcedColorAdjust] }})()""")
        assert look[0] == "solid" and look[1] != "none" and look[4] == "none"
        assert look[2] == "rgb(11, 12, 12)" and look[3] not in ("none", "rgb(0, 0, 0)")  # the picture keeps its own ground and inks
        browser.run("document.querySelector('nav a').focus({focusVisible: true})")
        assert browser.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    finally:
        browser.call("Emulation.setEmulatedMedia", features=[])


def test_nothing_moves(browser):
    moving = browser.run("""[...document.querySelectorAll('*')].filter((one) => { const s = getComputedStyle(one);
        return s.animationName !== 'none' || (s.transitionDuration !== '0s' && s.transitionProperty !== 'none') || s.scrollBehavior === 'smooth' }).length""")
    assert moving == 0  # so a reader who asks for less motion has it


def test_without_script_the_content_is_the_same_and_no_control_is_there(browser, page):
    content = "[...document.querySelectorAll('main h2, main h3, main p, main td, main tbody th, figcaption > strong, svg text')].map((one) => one.textContent)"
    scripted = browser.run(content)
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page.as_uri())
        plain = browser.run(content)
        assert browser.run("document.querySelectorAll('button, input').length") == 0
        assert browser.run("document.querySelectorAll('svg[role=img]').length") == browser.run("document.querySelectorAll('figure svg').length")
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert plain == scripted and len(plain) > 2000


def test_the_page_fits_320_pixels_and_keeps_focus_clear_of_the_line(browser):
    browser.size(320, 800)
    browser.click(*middle(browser, mark(RATE_MAP, "E05001218")))
    assert browser.run("document.documentElement.scrollWidth") <= 320
    small = "[...document.querySelectorAll('button')].filter((one) => one.offsetHeight > 0 && (one.offsetHeight < 24 || one.offsetWidth < 24)).length"
    assert browser.run(small) == 0  # targets of 24 pixels: WCAG 2.5.8


def test_a_screen_of_320_pixels_is_a_desk_at_400_percent_and_all_is_there(browser):
    """WCAG 1.4.10: 1,280 pixels at 400% are 320. Pictures and tables may be wider than the screen, within a frame that scrolls."""
    browser.size(320, 256)
    wide = browser.run("""[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > 320.5 &&
        !one.closest('.wide') && !one.closest('.skip')).map((one) => one.outerHTML.slice(0, 80))""")
    assert wide == []
    assert browser.run("[...document.querySelectorAll('.wide')].every((one) => getComputedStyle(one).overflowX === 'auto')")
    assert browser.run("document.querySelector('.told').getBoundingClientRect().height") < 256 / 2
    browser.click(*middle(browser, mark(RATE_MAP, "E05001218")))
    assert browser.run("document.querySelector('.told').getBoundingClientRect().height") < 256 * 0.6


def test_every_target_is_24_pixels_or_stands_in_a_line_of_words(browser):
    """WCAG 2.5.8, at both ends of the sizes of screens. Marks in pictures have the button of their row in the table."""
    for width in (320, 1280):
        browser.size(width)
        small = browser.run("""[...document.querySelectorAll('a[href], button, input')].filter((one) => { const r = one.getBoundingClientRect();
            return one.offsetParent && !one.closest('svg, td, th, p:not(.files), .skip') && (r.width < 24 || r.height < 24) }).map((one) => one.outerHTML.slice(0, 120))""")
        assert small == []


def test_print_shows_whole_tables_and_no_controls(browser):
    browser.run("(() => { const find = document.getElementById('find'); find.value = 'stoke'; find.dispatchEvent(new Event('input')) })()")
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        assert browser.run("[...document.querySelectorAll('.pin, .saves, .told, #find')].every((one) => one.offsetHeight === 0)")
        assert browser.run(f"[...document.querySelectorAll('#{TABLE} tbody tr')].every((row) => row.offsetHeight > 0)")
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")


def test_pinned_wards_stay_marked_on_paper(browser):
    browser.click(*middle(browser, mark(RATE_MAP, ST_MICHAELS)))
    browser.point(2, 2)
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        assert outlined(browser, RATE_MAP) == [ST_MICHAELS]
        row = f"document.querySelector('#{TABLE} tr.pinned')"
        assert browser.run(f"getComputedStyle({row}).outlineStyle") == "solid" and browser.run(f"getComputedStyle({row}).printColorAdjust") == "exact"
        assert browser.run("document.querySelector('.tip').offsetHeight") == 0
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")


def test_the_page_and_its_script_stay_small(page):
    figures = len(list((page.parent / "figures").glob("*.svg")))
    assert page.stat().st_size <= 100_000 + 18_000 * figures
    assert page.stat().st_size <= 2_000_000
    room = pathlib.Path(__file__).resolve().parents[2] / "libgeo/wardmap/report"
    assert (room / "report_page.js").stat().st_size <= 30_000 and (room / "report_page.css").stat().st_size <= 12_000
