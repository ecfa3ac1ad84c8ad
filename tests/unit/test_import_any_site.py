"""What `impldays import` does with any site: it ends in files that are good, or in problems."""

from __future__ import annotations

from pathlib import PurePosixPath

import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.importers.site import import_site
from mkdocs_impldays.problems import Problem

WORDS = st.one_of(
    st.sampled_from(
        [
            *("tba", "TBD", "", "Oslo", "Norway", "NO", "pretty", "/a/", "/:title/", "/404.html"),
            *("Saturday, May 22nd", "May 31st and<br>June 1st", "30. Februar", "2027", "20XX"),
            *("http://[", "https://oslo.example/", "//x", "javascript:alert(1)", "../../x", "a\0b"),
        ]
    ),
    st.text(max_size=20),
)
SCALARS = st.one_of(
    WORDS, st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes()
)
KEYS = st.one_of(
    st.sampled_from(
        [
            *("title", "url", "baseurl", "owner", "email", "lang", "location", "dates", "exclude"),
            *("year", "city", "country", "venue", "talks", "talks_no_br", "talks_overflow"),
            *("permalink", "published", "layout", "redirect_to", "redirect_from", "description"),
        ]
    ),
    SCALARS,
)
VALUES: st.SearchStrategy[object] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)
GROUPS = st.dictionaries(KEYS, VALUES, max_size=6)
TOKENS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "a: ",
                    "- ",
                    "? ",
                    "[",
                    "]",
                    "{",
                    "}",
                    "&x ",
                    "*x",
                    "!!str ",
                    "!!python/name:os ",
                ),
                *("|\n", ">-\n", "\n", "  ", "---\n", "...\n", "<<: ", "'", '"', "#", "%YAML 9\n"),
                *("2027-99-99", "1e999", "0x", "60:60:60", "\t", "\r", "\ufeff", "\x85"),
            ]
        ),
        WORDS,
    ),
    max_size=30,
).map("".join)
YAML = st.one_of(GROUPS.map(lambda group: yaml.safe_dump(group, allow_unicode=True)), TOKENS)
CONFIGS = st.one_of(
    st.builds(
        lambda dates, location, more: yaml.safe_dump(
            {**more, "dates": dates, "location": location}, allow_unicode=True
        ),
        st.one_of(GROUPS, VALUES),
        st.one_of(GROUPS, VALUES),
        GROUPS,
    ),
    TOKENS,
)
LIQUID = st.lists(
    st.sampled_from(
        [
            *("{{ site.title }}", "{{ site.dates.talks | upcase }}", "{{ page.title }}", "{{ x"),
            *(
                "{% if site.title %}",
                "{% elsif x %}",
                "{% else %}",
                "{% endif %}",
                "{% unless x %}",
            ),
            *("{% for a in b %}", "{% endfor %}", "{% capture a %}", "{% endcapture %}"),
            *("{% assign a = site.title %}", "{% assign %}", "{% include a.html b=site.title %}"),
            *("{% include %}", "{% include ../../x %}", "{% include_relative a.md %}", "{%"),
            *("{% comment %}", "{% endcomment %}", "{% raw %}", "{% endraw %}", "{%- -%}", "{{}}"),
            *("{{ include.b }}", "{{ 'a' | prepend: site.baseurl }}", "{{ '", "`", "```\n", "\n"),
            *("text\n- a\n", "<pre>", "# A\n", "    code\n", "{::nomarkdown}", "{: .a}\n", "\r\n"),
        ]
    ),
    max_size=25,
).map("".join)
PAGES = st.one_of(
    st.builds(
        lambda head, text: f"---\n{head}---\n{text}".encode("utf-8", "replace"), YAML, LIQUID
    ),
    st.builds(lambda text: text.encode(), LIQUID),
    st.binary(max_size=40),
)
NAMES = st.sampled_from(
    [
        *("index.html", "a.md", "a.html", "b/index.md", "b.md", "sub/c.markdown", "feed.xml"),
        *("_includes/a.html", "_includes/b.html", "_posts/2027-01-01-a.md", "_layouts/x.html"),
        *("CNAME", "404.html", "d.htm", "assets/x.png", ".hidden/a.md", "_a.md", "a b\u202e.md"),
    ]
)


@given(config=CONFIGS, files=st.dictionaries(NAMES, PAGES, max_size=6), given_facts=st.booleans())
def test_any_site_becomes_good_files_or_problems(
    config: str, files: dict[str, bytes], *, given_facts: bool
) -> None:
    facts = {"city": "Oslo", "country": "NO", "timezone": "Europe/Oslo"} if given_facts else {}
    typed = {"_config.yml": config.encode("utf-8", "replace"), **files}
    done, problems = import_site(typed, given=facts)
    assert all(isinstance(problem, Problem) for problem in problems)
    if not done.files:
        assert any(problem.severity == "error" for problem in problems)
    for path, raw in done.files.items():
        assert not PurePosixPath(path).is_absolute()
        assert ".." not in PurePosixPath(path).parts
        if path.startswith("fests/"):
            assert load_fest(raw, path=path, fest_id=done.fest_id)[0] is not None


@given(text=YAML)
def test_any_yaml_is_read_or_reported(text: str) -> None:
    fest, problems = load_fest(text.encode("utf-8", "replace"), path="a.yml", fest_id="a")
    assert fest is not None or problems
