"""No page gets out of its sandbox, keeps a build busy, or ends in a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.pages.front_matter import destination, syntax_problems
from mkdocs_impldays.pages.render import Renderer
from mkdocs_impldays.pages.scanner import segments_of
from mkdocs_impldays.site import Site
from tests.sites.building import built, site
from tests.sites.hostile_pages import PAGES
from tests.unit.test_checks import MARCH, OTHERS, PARIS


@cache
def renderer() -> Renderer:
    fests = {fest.id: fest for fest in [PARIS, *OTHERS]}
    return Site(fests, PARIS, MARCH, is_moment_set=False, sources={}).context().renderer


REFUSED = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ fest.__class__ }}",
    "{{ fest.__init__.__globals__ }}",
    "{{ fest['__dict__'] }}",
    "{{ fest.value }}",
    "{{ rsvp_button.__globals__ }}",
    "{{ rsvp_button._function }}",
    "{{ rsvp_button.__call__.__globals__ }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner }}",
    "{{ namespace }}",
    "{{ config }}",
    "{{ env }}",
    "{{ environ }}",
    "{{ request }}",
    "{{ literals__ }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '%s' | format(1) }}",
    "{{ 'a' | attr('upper') }}",
    "{{ ['a'] | map('attr', '__class__') | list }}",
    "{{ ['a'] | map(attribute='__class__') | join }}",
    "{{ 'a' | pprint }}",
    "{{ 'a'.join(['b']) }}",
    "{{ 'a'.ljust(10 ** 10) }}",
    "{{ 'a'.encode() }}",
    "{{ (1).__class__ }}",
    "{{ (1).bit_length() }}",
    "{{ [].append(1) }}",
    "{{ {}.update({}) }}",
    "{{ range.__class__ }}",
    "{{ 'a' * 10000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 2 ** 10 }}",
    "{{ 10000000000000000 * 3 }}",
    "{{ range(1000000000) | sum }}",
    "{{ 1 / 0 }}",
    "{{ 1 // 0 }}",
    "{{ 1 + 'a' }}",
    "{{ 'a' | upper(1, 2) }}",
    "{{ 'a' | nothing }}",
    "{{ 1 is nothing }}",
    "{{ nowhere }}",
    "{{ nowhere.deep.er }}",
    "{{ nowhere() }}",
    "{{ site.nowhere }}",
    "{{ events }}",
    "{{ fest() }}",
    "{{ [1, 2] }}",
    "{{ }}",
    "{{ 'a }}",
    "{{ a b }}",
    "{{ (1 }}",
    "{{ 1 ]",
    "{{ open",
    "{% open",
    "{% if %}",
    "{% if 1 %}",
    "{% endif %}",
    "{% for %}",
    "{% for x in nowhere %}{{ x }}{% endfor %}",
    "{% for x in 5 %}{% endfor %}",
    "{% for x in range(1000000000) %}{% endfor %}",
    "{% for x in range(99999) %}{% for y in range(99999) %}a{% endfor %}{% endfor %}",
    "{% for a in range(99) %}" * 5 + "x" + "{% endfor %}" * 5,
    "{% set a = 'x' %}{% for i in range(99) %}{% set a = a ~ a %}{{ a }}{% endfor %}{{ no }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'main.html' %}",
    "{% include '../../etc/passwd' %}",
    "{% extends 'base.html' %}",
    "{% import 'a.html' as a %}",
    "{% from 'a.html' import b %}",
    "{% nonsense %}",
    "{% raw %}",
    "{% comment %}",
    "{% endraw %}",
    "{% today %}",
    "{% endtoday %}",
    "{% block a %}{% block a %}",
    "{% do 1 %}",
    "{% debug %}",
    "{% break %}",
    "{{ '" + "a" * 50 + "' | replace('a', 'b' * 9) }}",
    "{{ " * 50_000,
    "{% " * 50_000,
    "{{ (" + "(" * 5_000 + " }}",
    "{{ " + "-" * 5_000 + "1 }}",
    "{{ nowhere }}\n" * 10_000,
    '"' * 50_000 + "{{ '" + "\\'" * 50_000,
    "{% if 1 %}" * 50_000,
]


@pytest.mark.parametrize("page", REFUSED, ids=lambda page: page[:40])
def test_it_is_refused_with_its_line(page: str) -> None:
    text, problems = renderer().render(f"# A\n\n{page}", path="docs/a.md", first_line=5)
    assert problems
    assert all(each.path == "docs/a.md" for each in problems)
    assert problems[0].line == 7
    assert len(text) < 1_000_000
    for word in ("<class", "Error", "jinja2", "object at", "Traceback"):
        assert word not in text
        assert all(word not in each.message for each in problems)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("{% endif %}", "has no matching opening tag. Write {% if … %} before it, or delete it."),
        ("{% else %}", "has no matching opening tag. Write {% if … %} before it, or delete it."),
        ("{% end today %}", "is not a known tag. Write {% endtoday %}, in one word."),
        ("{%- end  if -%}", "is not a known tag. Write {% endif %}, in one word."),
        (
            "{% end %}",
            "is not a known tag. Write the name of its tag in the same word, like {% endif %}.",
        ),
        ("{{ 'a' | uper }}", 'uses “uper”, which is not a filter. Did you mean "upper"?'),
        (
            "{{ 'a' | date }}",
            (
                "uses “date”, a filter of Jekyll. Write it for this site, or convert the "
                "old one: impldays import."
            ),
        ),
        (
            "{{ 'a' | upcase }}",
            (
                "uses “upcase”, a filter of Jekyll. Write it for this site, or convert the "
                "old one: impldays import."
            ),
        ),
        ("{{ 1 is evn }}", 'uses “evn”, which is not a test. Did you mean "even"?'),
        ("{{ 1 is qqq }}", "uses “qqq”, which is not a test. Remove it."),
        ("{{ it's }}", "cannot be read. Check its quotes, dots and brackets."),
    ],
)
def test_a_mistake_is_told_with_what_to_do(page: str, message: str) -> None:
    _, problems = renderer().render(page, path="docs/a.md")
    assert [str(each) for each in problems] == [f'docs/a.md:1: "{page}" {message}']


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            "{% for d in fest.days %}{{ d.dat }}{% endfor %}",
            '"d.dat" is not known. Did you mean "d.date"?',
        ),
        (
            "{{ fest.days[0].dat }}",
            '"fest.days[0].dat" is not known. Did you mean "fest.days[0].date"?',
        ),
        ("{% set f = fest %}{{ f.nme }}", '"f.nme" is not known. Did you mean "f.name"?'),
        ("{{ fest.nme }}", '"fest.nme" is not known. Did you mean "fest.name"?'),
        (
            "{{ fest.days[77] }}",
            '"{{ fest.days[77] }}" has index 77, but the list has 4 items. The first has index 0.',
        ),
        ("{{ venue(town-hall) }}", '"town-hall" has no quotes. Write venue("town-hall").'),
        ("{{ venue(hall) }}", '"hall" has no quotes. Write venue("hall").'),
        ("{{ venue(fest.nme) }}", '"fest.nme" is not known. Did you mean "fest.name"?'),
    ],
)
def test_a_message_quotes_what_was_typed(page: str, message: str) -> None:
    _, problems = renderer().render(page, path="docs/a.md")
    assert [str(each) for each in problems] == [f"docs/a.md:1: {message}"]


@pytest.mark.parametrize(
    ("page", "line", "typed", "end"),
    [
        ("a\n\n{% if 1 %}\nb\n{% for i in [1] %}\nc\n{% endfor %}\nd", 3, "if 1", "if"),
        ("{% for i in [1] %}\n{% if 1 %}\nc\n{% endif %}\n{{ 1 }}", 1, "for i in [1]", "for"),
        ("{% for i in [1] %}\n{% if 1 %}\nc\n{% endfor %}\nd", 2, "if 1", "if"),
        ("{% if 1 %}\n{% set a = 1 %}\n{% set b %}c{% endset %}\n", 1, "if 1", "if"),
        ("{% if 1 %}a{% else %}\n{% if 2 %}\nb\n{% endif %}\n", 1, "if 1", "if"),
        ("a\n{% if\n1 %}\n{% macro b() %}c{% endmacro %}\n", 2, "if\\n1", "if"),
    ],
)
def test_the_tag_that_is_not_closed_is_named(page: str, line: int, typed: str, end: str) -> None:
    _, problems = renderer().render(page, path="docs/a.md")
    told = f'"{{% {typed} %}}" is not closed. Write {{% end{end} %}} where it ends.'
    assert [str(each) for each in problems] == [f"docs/a.md:{line}: {told}"]


@pytest.mark.parametrize("page", ["{{ fest.name }}\n" * 10_000, "{ (" * 50_000, "`{{` " * 50_000])
def test_a_long_page_is_rendered(page: str) -> None:
    text, problems = renderer().render(page, path="docs/a.md")
    assert problems == []
    assert text == page.replace("{{ fest.name }}", "RustFest Paris")


_LONGEST = {"loops", "source"}
"""The groups of pages that take most of the time."""


@pytest.mark.parametrize(
    "group",
    [
        pytest.param(group, marks=pytest.mark.same_everywhere if group in _LONGEST else ())
        for group in PAGES
    ],
)
def test_no_page_takes_more_time_or_memory_than_it_may(group: str) -> None:
    command = [sys.executable, "-m", "tests.sites.hostile_pages", group]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    results = json.loads(done.stdout)
    assert len(results) == len(PAGES[group])
    for page, result in zip(PAGES[group], results, strict=True):
        assert isinstance(result, list), (page[:100], page[-100:], result)
        length, problems = result
        assert length <= 1_100_000
        assert len(problems) <= 201
        assert all(problem.startswith("docs/a.md:") for problem in problems)
        if group in {"values", "loops"}:
            assert problems, page


PERMALINKS: list[tuple[object, str | None]] = [
    ("/about/", "about/index.html"),
    ("about", "about.html"),
    ("/", "index.html"),
    ("/a/b.html", "a/b.html"),
    ("/caf%C3%A9/", "café/index.html"),
    *(
        (wrong, None)
        for wrong in (
            "/../x/", "/a/../../x/", "/%2e%2e/x/", "/%2E%2E%2Fx/", "..", "./a/", "\\a\\",
            "/a\\..\\b/",
            "https://evil.test/", "//evil.test/a/", "javascript:x", "/:title/", "/:year/a/",
            "/a?b=c", "/a#b", "/a b/", "/a\tb/", "/a\x00b/", "/a//b/", "/a*/", "/a|b/", "/<a>/",
            "/%00/", "/%25/", "~root/", "/" + "a" * 300 + "/", "", "   ", None, 5, 1.5, True,
            ["/a/"], {"a": 1}, "/404.html", "/sitemap.xml", "/search/search_index.json", "/.git/x/",
            "/a./", "/C:/x/", "/a\u200bb/", "/\u202ea/", "/" + "é" * 150 + "/", "/a:b/",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("permalink", "path"), PERMALINKS, ids=lambda value: repr(value)[:30])
def test_a_permalink_is_an_address_of_the_site_or_an_error(
    permalink: object, path: str | None
) -> None:
    found, message = destination(permalink)
    assert found == path
    assert (message is None) == (path is not None)


FRONT_MATTER = [
    "---\ntitle: a: b\n---\nA", "---\ntitle: [\n---\nA", "---\n- a\n- b\n---\nA", "---\na\n---\nA",
    "---\ntitle: x\n\nA", "---\ntitle: 'x\n---\nA", "---\n\ttitle: x\n---\nA", "---\n&a *a\n---\nA",
    "---\na: *b\n---\nA", "---\na: !!python/object:os.system x\n---\nA", "---\n{a: 1\n---\nA",
    "---\ndate: 2018-99-99\n---\nA", "---\ntitle: {{ fest.name }}\n---\nA",
    "When: June\n\nA", "Note: this is text\n", "TODO: x\nA",
]  # fmt: skip


@pytest.mark.parametrize("raw", FRONT_MATTER, ids=repr)
def test_front_matter_that_is_broken_or_swallowed_is_told(raw: str) -> None:
    assert [each.path for each in syntax_problems(raw, raw, path="docs/a.md")] == ["docs/a.md"]


def test_front_matter_that_is_broken_is_told_where_it_is_and_not_where_it_was_noticed() -> None:
    raw = "---\nlayout: page\ntitle: 'It\n---\nA"
    (problem,) = syntax_problems(raw, raw, path="docs/a.md")
    assert str(problem).startswith('docs/a.md:3: "title: \'It" is not valid front matter.')


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("title: [a, b]", 'docs/a.md:2: "title: [a, b]" is not text.'),
        ("template:\n- a", 'docs/a.md:2: "template:" is not text.'),
        ("description: {a: b}", 'docs/a.md:2: "description: {a: b}" is not text.'),
        (
            "title: A\ndate: 2018-99-99",
            'docs/a.md:3: "date: 2018-99-99" is not valid front matter.',
        ),
        ("- a", 'docs/a.md:2: "- a" is not valid front matter.'),
        ("title: A\nhide: []\ntitle: B", 'docs/a.md:4: "title" occurs twice, first in line 2.'),
        ("permalink: [/a/]", "docs/a.md:2: permalink is a list or a group of keys."),
        (
            "a: &a [x, x]\n"
            + "".join(f"{c}: &{c} [{f'*{b}, ' * 9}]\n" for b, c in pairwise("abcdefghij"))
            + "title: *j\npermalink: *j\nfest: *j",
            "docs/a.md:6: the front matter repeats too much with “*”. Write each value out.",
        ),
    ],
    ids=lambda value: value[:20],
)
def test_front_matter_of_the_wrong_kind_is_told_at_its_line(
    tmp_path: Path, front: str, told: str
) -> None:
    done = built(site(tmp_path, {"docs/a.md": f"---\n{front}\n---\nText\n"}))
    assert done.stopped
    assert [line[: len(told)] for line in done.lines] == [told]


_PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "`", "```\n", "~~~\n", "\n", "    ", '"', "'", "fest.name", "if ",
     "endif", "for x in ", "endfor", "raw", "endraw", "comment", "|", "upper", "(", ")", "[", "{",
     "today", "endtoday", "else", "set a = ", "\\", "- ", "> ", "{#", "#}", "~", "-", "1"]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=5)).map("".join))
def test_of_any_text_come_only_problems(text: str) -> None:
    segments, unclosed, *_ = segments_of(text)
    whole = "".join(each.source for each in segments)
    assert text.startswith(whole)
    assert whole == text or unclosed
    _, problems = renderer().render(text, path="docs/a.md")
    assert all(1 <= (each.line or 0) <= text.count("\n") + 1 for each in problems)
    list(syntax_problems(text, text, path="docs/a.md"))


@given(st.text())
def test_text_without_tags_is_passed_on_as_it_is(text: str) -> None:
    plain = text.replace("{{", "").replace("{%", "")
    if "{{" not in plain and "{%" not in plain:
        assert renderer().render(plain, path="docs/a.md") == (plain, [])
