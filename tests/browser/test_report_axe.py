"""The report by axe-core: WCAG 2.2 A and AA and axe's best practices, with the script and without it."""
import re

import pytest
from axe import axe_source
from chromium import CHROMIUM, Chromium

# Everything but what is only advice on experimental rules.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe():
    text, reason = axe_source()
    if text is None:
        pytest.skip(reason)
    return text


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("chromium is not installed here")
    browser = Chromium(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def violations(browser, axe):
    browser.run(f"{axe}; 0")
    found = browser.run(f"axe.run(document, {{runOnly: {TAGS}, resultTypes: ['violations']}}).then((result) => "
                        "({rules: result.passes.length, wrong: result.violations.map((one) => [one.id, one.help, one.nodes.length, one.nodes[0].html.slice(0, 300), one.nodes[0].failureSummary])}))")
    assert found["rules"] > 20  # it has looked
    return found["wrong"]


def test_a_narrow_screen_has_no_violation(report, browser, axe):
    browser.size(320)
    browser.open((report / "index.html").as_uri())
    assert violations(browser, axe) == []


def test_a_desk_with_pins_an_order_a_filter_and_words_beside_a_mark_has_none(report, browser, axe):
    browser.size(1280)
    browser.open((report / "index.html").as_uri() + "#ward=E05001228,E05001223&sort=table-needle-finds~1~down&find=s")
    browser.run("document.querySelector('svg [data-code]').focus()")
    assert violations(browser, axe) == []


def test_without_script_it_has_none(report, browser, axe, tmp_path):
    page = (report / "index.html").read_text(encoding="utf-8")
    plain = tmp_path / "index.html"  # axe is itself a script, so the page's own is taken out instead of being stopped
    plain.write_text(re.sub(r"<script>.*?</script>", "", page, flags=re.S), encoding="utf-8")
    browser.size(1280)
    browser.open(plain.as_uri())
    assert browser.run("document.querySelectorAll('button').length") == 0
    assert violations(browser, axe) == []
