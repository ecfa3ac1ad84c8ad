"""Variables, tags and macros on pages, in the places where others fail."""

from __future__ import annotations

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest

from tests.sites.building import PARIS, built, site

HOSTILE = [
    '"><script>alert(1)</script>',
    "</title><b>",
    "<!-- gone",
    "Tom & Jerry <b>",
    'it\'s "quoted"',
    "*a* _b_ `c` [d](e) ![f](g) # h",
    "a | b | c",
    "\\1 \\g<0> $1",
    "{{ 7*7 }} {% raw %}",
    "{{ site.bad }}",
    "# heading\n- item\n\n    code",
    "2018. a year",
    "- dash -- and ... dots (c)",
    "see https://rust-lang.org/_b_ www.rust-lang.org d@rust-lang.org :smile:",
    "RustFest<Paris>",
    "émoji 🦀 ~~x~~ ==y== ^z^",
    "&amp; &lt; &#42;",
    "  spaces  ",
]
PAGE = """\
---
title: "T {{ site.bad }}"
description: "D {{ site.bad }}"
---

## H {{ site.bad }} end

P {{ site.bad }} end

- {{ site.bad }} end

| a | b |
| --- | --- |
| {{ site.bad }} end | c |

[L {{ site.bad }} end](https://rust-lang.org)

<i title="{{ site.bad }}">raw {{ site.bad }} end</i>
"""
EXTENSIONS = [
    "attr_list", "md_in_html", "smarty", "admonition", "def_list", "abbr", "footnotes",
    "pymdownx.magiclink", "pymdownx.tilde", "pymdownx.mark", "pymdownx.caret",
    "pymdownx.emoji", "pymdownx.smartsymbols", "pymdownx.superfences",
]  # fmt: skip

HEAD = "name: F\ncity: Paris\ncountry: FR\ntimezone: Europe/Paris\n"


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_reads_as_it_was_typed_wherever_it_stands(tmp_path: Path, value: str) -> None:
    bad = json.dumps(value, ensure_ascii=False)
    fest = re.sub(r"\nsite:\n(  .*\n)*", "\n", PARIS) + f"\nsite:\n  bad: {bad}\n"
    theme = {"name": "material", "font": False}
    files = {"docs/a.md": PAGE}
    done = built(site(tmp_path, files, fest=fest, theme=theme, markdown_extensions=EXTENSIONS))
    assert done.lines == ()
    page = done.page("a/index.html")
    shown = " ".join(value.split())
    body = page.partition("<article")[2].partition("</article>")[0]
    for tag in ("h2", "p", "li", "td", "a", "i"):
        found = [
            text_of(each) for each in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", body, re.DOTALL)
        ]
        assert any(f"{shown} end" in text for text in found), (tag, found)
    title = re.search(r"<title>(.*?) - impl Days</title>", page, re.DOTALL)
    assert title
    assert unescape(title[1]).split() == f"T {value}".split()
    attribute = re.search(r'<i title="([^"]*)"', page)
    assert attribute
    assert unescape(attribute[1]) == value
    description = re.search(r'<meta name="description" content="([^"]*)"', page)
    assert description
    assert unescape(description[1]).split() == f"D {value}".split()
    search = json.loads(done.page("search/search_index.json"))
    assert any(shown in text_of(each["text"]) for each in search["docs"])


def test_the_button_works_in_every_place_of_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")
    page = (
        "{{ rsvp_button() }}\n\n- {{ rsvp_button() }}\n\n| a |\n| - |\n| {{ rsvp_button() }} |\n\n"
        '<section markdown="1">\n{{ rsvp_button("To `impl Days`, *now*") }}\n</section>\n'
    )
    done = built(site(tmp_path, {"docs/a.md": page}, markdown_extensions=["md_in_html", "tables"]))
    assert done.lines == ()
    html = done.body("a/index.html")
    links = re.findall(r'<a class="([^"]*)" href="https://ti\.to/[^"]*">(.*?)</a>', html)
    label = "Yes I want to code at <code>impl Days</code> Paris&#33;"
    assert [text for _, text in links] == [label] * 3 + ["To <code>impl Days</code>, <em>now</em>"]
    assert {classes for classes, _ in links} == {"button primary btn btn-primary"}
    assert re.search(r"<section>\s*<p><span", html)
    assert re.search(r"<td><span", html)


def test_words_that_follow_time_are_plain_text_where_no_element_can_stand(tmp_path: Path) -> None:
    head = '---\ntitle: "It {{ takes_place() }}"\ndescription: "{{ takes_place() }}, surely"\n---\n'
    text = '![It {{ takes_place() }}](a.png "{{ takes_place() }}")\n'
    options = {"now": "2018-05-01T12:00"}
    page = built(site(tmp_path, {"docs/a.md": head + text}, options=options)).page("a/index.html")
    assert "<title>It will take place - impl Days</title>" in page
    assert 'property="og:description" content="will take place, surely"' in page
    assert re.search(r'<img alt="It will take place" [^>]*title="will take place"', page)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("rsvp_button(1, 2)", "has the wrong arguments. Write rsvp_button(label=…)."),
        ("rsvp_button(lable='x')", "has the wrong arguments. Write rsvp_button(label=…)."),
        ("rsvp_button(5)", 'has a label that is not text. Write rsvp_button("…").'),
        ("venue('nowhere')", '"nowhere" is not a venue of the fest file.'),
        ("call_button('rvsp')", '"rvsp" is not a call of the fest file. Did you mean "rsvp"?'),
        ("call_button('shirts')", '"shirts" is not a call of the fest file. Add it under'),
        ("button_in('opn')", '"opn" is not a state of the button. Write one of: soon, '),
        ("calendar_links('shirts')", '"shirts" is not an event of the fest file. Write the name'),
        ("calendar_links(nowhere)", '"nowhere" is not known.'),
        ("rsvp_buton()", '"rsvp_buton" is not known. Did you mean "rsvp_button"?'),
    ],
)
def test_a_wrong_call_is_told_with_its_line(tmp_path: Path, call: str, message: str) -> None:
    done = built(site(tmp_path, {"docs/a.md": f"# A\n\n{{{{ {call} }}}}\n"}))
    assert done.stopped
    assert done.lines[0].startswith("docs/a.md:3: ")
    assert message in done.lines[0]


def test_code_and_other_braces_stay_as_they_were_typed(tmp_path: Path) -> None:
    page = (
        "## Section {#mine}\n\n`{{ zzz }}` and ``{% nope %}``\n\n"
        '```rust\nprintln!("{{}}", {% x %});\n```\n\n~~~\n${{ secrets.X }}\n~~~\n\n'
        "    indented {{ zzz }}\n\n{% raw %}{{ kept }}{% endraw %}\n\n{# a note #}\n"
    )
    done = built(site(tmp_path, {"docs/a.md": page}, markdown_extensions=["attr_list"]))
    assert done.lines == ()
    html = unescape(done.body("a/index.html"))
    assert 'id="mine"' in html
    for text in ("{{ zzz }}", "{% nope %}", 'println!("{{}}", {% x %});', "${{ secrets.X }}"):
        assert text in html
    assert "indented {{ zzz }}" in html
    assert "{{ kept }}" in html


def test_text_of_snippets_is_rendered_too(tmp_path: Path) -> None:
    page = '--8<-- "part.txt"\n\n{% raw %}{{ kept }}{% endraw %}\n\n```\n--8<-- "part.txt"\n```\n'
    files = {"docs/a.md": page, "part.txt": "At {{ site.location.impl_days }}.\n"}
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    done = built(site(tmp_path, files, markdown_extensions=[snippets]))
    assert done.lines == ()
    html = done.body("a/index.html")
    assert "<p>At Mozilla Paris.</p>" in html
    assert "{{ kept }}" in html
    assert "At {{ site.location.impl_days }}." in unescape(html)


def test_a_mistake_in_a_snippet_is_told(tmp_path: Path) -> None:
    files = {"docs/a.md": '--8<-- "part.txt"\n', "part.txt": "{{ zzz }}\n"}
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    done = built(site(tmp_path, files, markdown_extensions=[snippets]))
    assert done.stopped
    (line,) = done.lines
    assert line.startswith('docs/a.md: in an included file: "zzz" is not known. Begin with')


def test_blocks_keep_their_indent_in_lists_and_admonitions(tmp_path: Path) -> None:
    page = "- a\n\n    {{ schedule() }}\n\n!!! note\n    {{ schedule() }}\n\nafter\n"
    done = built(site(tmp_path, {"docs/a.md": page}, markdown_extensions=["admonition"]))
    html = done.body("a/index.html")
    assert re.search(r"<li>\s*<p>a</p>\s*<div class=\"impldays-schedule\"", html)
    assert re.search(r'class="admonition-title">Note</p>\s*<div class="impldays-schedule"', html)
    assert "<p>after</p>" in html


def test_blocks_in_a_row_or_in_a_sentence_stand_between_paragraphs(tmp_path: Path) -> None:
    page = "{{ schedule() }}\n{{ schedule() }}\n\nSee {{ schedule() }} there.\n"
    html = built(site(tmp_path, {"docs/a.md": page})).body("a/index.html")
    assert html.count('<div class="impldays-schedule"') == 3
    assert re.findall("<p>(?:See|there).*?</p>", html) == ["<p>See</p>", "<p>there.</p>"]
    assert not re.search(r"<p>\s*<div|</div>\s*</p>", html)


def test_the_names_are_there_in_templates_and_404(tmp_path: Path) -> None:
    files = {
        "overrides/main.html": '{% extends "base.html" %}{% block footer %}'
        "<p>{{ fest.name }} {{ site.location.city }} {{ rsvp.label }}</p>{% endblock %}",
        "overrides/404.html": "<p>{{ fest.name }} is in {{ site.location.country }}</p>",
    }
    fest = PARIS.replace("name: RustFest Paris", "name: RustFest<Paris> & Co")
    theme = {"name": "mkdocs", "custom_dir": str(tmp_path / "overrides")}
    done = built(site(tmp_path, files, fest=fest, theme=theme))
    assert done.lines == ()
    assert "<p>RustFest&lt;Paris&gt; &amp; Co Paris Yes I want" in done.page()
    assert "<p>RustFest&lt;Paris&gt; &amp; Co is in France</p>" in done.page("404.html")


def test_the_names_are_there_in_templates_that_are_imported(tmp_path: Path) -> None:
    files = {
        "overrides/mine.html": "{% macro where() %}{{ fest.name }}{% endmacro %}",
        "overrides/main.html": '{% extends "base.html" %}{% import "mine.html" as mine %}'
        "{% block footer %}<p>in {{ mine.where() }}</p>{% endblock %}",
    }
    theme = {"name": "mkdocs", "custom_dir": str(tmp_path / "overrides")}
    done = built(site(tmp_path, files, theme=theme))
    assert done.lines == ()
    assert "<p>in RustFest Paris</p>" in done.page()


def test_pages_that_another_plugin_adds_late_are_rendered_too(tmp_path: Path) -> None:
    post = "---\ndate: 2018-05-01\ncategories: [News]\n---\n# Soon\n\nIn {{ fest.city }}.\n"
    files = {"docs/blog/index.md": "# News\n", "docs/blog/posts/soon.md": post}
    theme = {"name": "material", "font": False}
    plugins = ["blog", {"impldays": {"fest": "fests/paris-2018.yml"}}]
    done = built(site(tmp_path, files, theme=theme, plugins=plugins))
    assert done.lines == ()
    for address in ("blog/2018/05/01/soon", "blog/archive/2018", "blog/category/news"):
        assert "In Paris." in done.page(f"{address}/index.html")


def test_an_unknown_name_in_a_template_is_an_error_and_nothing_is_left(tmp_path: Path) -> None:
    files = {
        "overrides/main.html": '{% extends "base.html" %}{% block footer %}'
        "{% if fest.edition %}x{% endif %}\n{{ fest.nmae }}{% endblock %}"
    }
    theme = {"name": "mkdocs", "custom_dir": str(tmp_path / "overrides")}
    done = built(site(tmp_path, files, theme=theme))
    assert done.stopped
    assert done.lines == (
        'overrides/main.html:2: "fest.nmae" is not known. Did you mean "fest.name"?',
    )
    assert not list((tmp_path / "site").rglob("*.html"))


def test_layout_chooses_a_template_if_there_is_one(tmp_path: Path) -> None:
    files = {
        "docs/a.md": "---\nlayout: wide\n---\nA\n",
        "docs/b.md": "---\nlayout: default\n---\nB\n",
        "overrides/wide.html": "<p>wide {{ page.content }}</p>",
    }
    theme = {"name": "mkdocs", "custom_dir": str(tmp_path / "overrides")}
    done = built(site(tmp_path, files, theme=theme))
    assert done.page("a/index.html").startswith("<p>wide <p>A</p>")
    assert "<p>B</p>" in done.body("b/index.html")


def test_front_matter_never_hides_the_facts(tmp_path: Path) -> None:
    page = "---\nevents: mine\nsite: mine\ntitle: T\n---\n{{ fest.name }} {{ page.title }}\n"
    done = built(site(tmp_path, {"docs/a.md": page}))
    assert "<p>RustFest Paris T</p>" in done.body("a/index.html")


def test_it_builds_from_another_folder_and_dirty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path / "site-of-mine", {"docs/a.md": "{{ fest.city }}\n"})
    monkeypatch.chdir(os.sep)
    assert "<p>Paris</p>" in built(folder).body("a/index.html")
    done = built(folder, dirty=True)
    assert not done.stopped
    assert "<p>Paris</p>" in done.body("a/index.html")


def test_two_builds_leave_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    page = {"docs/a.md": "{{ rsvp_button() }}\n\n{{ schedule() }}\n"}
    sites = []
    for name, edited in (("one", 1500000000), ("two", 1600000000)):
        folder = site(tmp_path / name, page)
        for path in folder.rglob("*"):
            os.utime(path, (edited, edited))
        built(folder)
        whole = folder / "site"
        files = [path for path in whole.rglob("*") if path.is_file()]
        sites.append({path.relative_to(whole): path.read_bytes() for path in files})
    assert sites[0] == sites[1]
    kinds = {path.suffix for path in sites[0]}
    assert {".html", ".ics", ".json", ".png", ".svg", ".xml", ".gz", ".css", ".js"} <= kinds


def test_a_search_finds_only_what_is_true_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")
    page = "# A\n\n{{ rsvp_button() }}\n\n{% today %}\nThe doors are open.\n{% endtoday %}\n"
    done = built(site(tmp_path, {"docs/a.md": page}))
    found = done.page("search/search_index.json")
    assert "RSVP closes on" in found
    assert "took place" not in found
    assert "The doors are open" not in found
    html = done.page("a/index.html")
    assert "took place" in html
    assert "The doors are open" in html


@pytest.mark.parametrize(
    ("name", "shown", "map_"),
    [
        ("tba", "to be announced Paris, France", None),
        ("Mozilla", "Mozilla to be announced Paris, France", "query=Paris%2C%20France"),
    ],
)
def test_an_address_that_is_not_known_is_said_once_and_not_looked_for(
    tmp_path: Path, name: str, shown: str, map_: str | None
) -> None:
    venue = f"\nvenues:\n  main: {{name: {name}, street: tba, postcode: tba}}\n"
    fest = f"{HEAD}events: {{e: {{title: E, days: tba, venue: main}}}}{venue}"
    files = {"docs/index.md": "{{ venue() }}\n\n<i>{{ events.e.venue.address }}</i>\n"}
    done = built(site(tmp_path, files, fest=fest))
    body = done.body()
    place = body.partition("impldays-venue")[2].partition("<ul")[0].partition("<i>")[0]
    assert text_of(place.partition(">")[2].replace("<br>", " ")) == shown
    assert "<i>Paris, France</i>" in body
    assert re.findall(r'search\?(.*?)"', body) == ([map_] if map_ else [])


@pytest.mark.parametrize(
    ("moment", "attributes"),
    [("2018-05-01", [' data-until="2018-05-28T22:00:00Z"']), ("2018-06-01", [])],
)
def test_a_street_is_not_announced_any_more_when_all_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, attributes: list[str]
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", moment)
    venue = "\nvenues:\n  main: {name: Mozilla, street: tba}\n"
    fest = f"{HEAD}events: {{e: {{title: E, days: [2018-05-28], venue: main}}}}{venue}"
    body = built(site(tmp_path, {"docs/index.md": "{{ venue() }}\n"}, fest=fest)).body()
    assert re.findall(r"<span([^>]*)>to be announced", body) == attributes


@pytest.mark.parametrize(
    ("moment", "status", "says"),
    [
        ("2018-05-01", "scheduled", "to be announced"),
        ("2018-06-01", "scheduled", "not recorded"),
        ("2018-06-01", "postponed", "to be announced"),
    ],
)
def test_nothing_is_to_be_announced_any_more_when_all_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, status: str, says: str
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", moment)
    venue = "\nvenues:\n  main: {name: tba}\n"
    events = "events: {e: {title: E, days: [2018-05-28], venue: main}}"
    fest = f"{HEAD}status: {status}\n{events}{venue}"
    page = "{{ venue() }}\n\n{{ events.e.venue }} {{ site.location.e }}\n"
    body = built(site(tmp_path, {"docs/index.md": page}, fest=fest)).body()
    body = re.sub('<div class="impldays impldays-notice.*?</div>', "", body)  # it says so too
    assert body.count(says) == 3
    assert len(re.findall("to be announced|not recorded", body)) == 3


HOOKS = """\
from mkdocs.plugins import event_priority

@event_priority(PRIORITY)
def on_page_read_source(page, config):
    if page.file.src_uri == "made.md":
        return "---\\ntitle: Made\\n---\\nIn {{ fest.city }}.\\n\\nTODO\\n"

@event_priority(100)
def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "more.md":
        return markdown + "\\n\\nTODO in {{ fest.city }}.\\n"
"""


@pytest.mark.parametrize("priority", ["0", "50"])
def test_text_that_another_plugin_gives_a_page_is_rendered_and_checked(
    tmp_path: Path, priority: str
) -> None:
    files = {
        "docs/made.md": "Not this. {{ nope }}\n",
        "docs/more.md": "---\ntitle: More\n---\n\nIn {{ fest.city }}.\n",
        "hooks.py": HOOKS.replace("PRIORITY", priority),
    }
    options = {"now": "2018-05-20T12:00"}
    done = built(site(tmp_path, files, options=options, hooks=["hooks.py"]))
    assert "In Paris." in done.page("made/index.html")
    assert "TODO in Paris." in done.page("more/index.html")
    waits = (
        '"TODO" is still a placeholder. The fest begins in 6 days: write it as soon as you know.'
    )
    assert [line for line in done.lines if "docs/" in line] == [
        f"docs/made.md:3: {waits}",
        f"docs/more.md:4: {waits}",
    ]


def test_others_who_read_the_markdown_later_find_html_in_it(tmp_path: Path) -> None:
    hook = (
        "def on_page_content(html, page, config, files):\n    return f'{html}[{page.markdown}]'\n"
    )
    page = "It {{ takes_place() }}, *surely*. {{ rsvp_button() }}"
    options = {"now": "2018-05-01T12:00"}
    files = {"docs/a.md": page, "hooks.py": hook}
    html = built(site(tmp_path, files, options=options, hooks=["hooks.py"])).body("a/index.html")
    shown, _, read = html.partition("[It ")
    assert "*surely*" in read
    assert [text.count('class="impldays-rsvp"') for text in (shown, read)] == [1, 1]
    before_each_day = 3  # as there are of a fest whose four days have two with hours
    assert [text.count(">will take place<") for text in (shown, read)] == [before_each_day] * 2
