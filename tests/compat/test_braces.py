"""Plugins that read braces too: table-reader, macros; and braces of mathematics."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compat.plugins import MATERIAL, OURS, needs
from tests.sites.building import Built, built, site

TABLE = {"docs/table.csv": "a,b\n1,2\n", "table.csv": "a,b\n1,2\n"}


def _built(folder: Path, page: str, *plugins: str, **more: object) -> Built:
    site(folder, {**TABLE, "docs/a.md": page}, plugins=["search", OURS, *plugins], **more)  # type: ignore[arg-type]
    return built(folder)


@needs("table-reader")
def test_a_table_between_raw_tags_is_read_by_its_plugin(tmp_path: Path) -> None:
    page = "{{ fest.city }}\n\n{% raw %}{{ read_csv('docs/table.csv') }}{% endraw %}\n"
    result = _built(tmp_path, page, "table-reader")
    assert result.lines == ()
    assert "<td" in result.page("a/index.html")
    assert "<p>Paris</p>" in result.page("a/index.html")


@needs("table-reader")
def test_a_table_without_them_names_the_plugin_and_the_tags(tmp_path: Path) -> None:
    lines = _built(tmp_path, "{{ read_csv('docs/table.csv') }}\n", "table-reader").lines
    assert lines[0].startswith("docs/a.md:1: ")
    assert "{% raw %}" in lines[0]
    assert '"table-reader"' in lines[1]
    assert "`code`" not in "".join(lines)


@pytest.mark.parametrize("page", ["$\\frac{{a}}{b}$\n", "$x^{{n+1}}$\n", "$$\n{{a_1}\n$$\n"])
def test_braces_of_mathematics_are_told_how_to_stay(tmp_path: Path, page: str) -> None:
    line = _built(tmp_path, page).lines[0]
    assert "{% raw %}" in line
    assert "`code`" not in line
    kept = _built(tmp_path, f"{{% raw %}}{page}{{% endraw %}}")
    assert kept.lines == ()


@needs("macros")
@pytest.mark.parametrize("first", [True, False])
def test_names_of_macros_stand_between_raw_tags(tmp_path: Path, first: bool) -> None:
    page = "{% raw %}{{ who }}{% endraw %} in {{ fest.city }}\n"
    plugins = ["search", "macros", OURS] if first else ["search", OURS, "macros"]
    site(tmp_path, {"docs/a.md": page}, plugins=plugins, extra={"who": "We"})
    result = built(tmp_path)
    assert result.lines == ()
    assert "We in Paris" in result.page("a/index.html")


FENCES = """\
---
title: Code
{meta}---
In {{{{ fest.city }}}}.

``` rust title="In {{{{ fest.city }}}}"
let x = "{{{{ }}}}";
```

- In a list

    ~~~ {{.rust title="{{% today %}}"}}
    fn main() {{}}
    ~~~
"""
EXTENSIONS = ["pymdownx.highlight", "pymdownx.superfences", "attr_list"]


@pytest.mark.parametrize("tag", ["", "{% if fest %}Yes{% endif %}\n"])
def test_variables_in_titles_of_code_are_told_once(tmp_path: Path, tag: str) -> None:
    page = FENCES.format(meta="") + tag
    site(tmp_path, {"docs/a.md": page}, markdown_extensions=EXTENSIONS, theme=MATERIAL)
    result = built(tmp_path, strict=True)
    braces = [line for line in result.lines if "is not rendered" in line]
    assert [line[: line.index(" is not rendered")] for line in braces] == [
        'docs/a.md:6: "{{ fest.city }}"',
        'docs/a.md:12: "{% today %}"',
    ]
    assert not [line for line in result.lines if "was not rendered" in line]


def test_a_page_may_show_them(tmp_path: Path) -> None:
    page = FENCES.format(meta="checks: {left-braces: off}\n")
    site(tmp_path, {"docs/a.md": page}, markdown_extensions=EXTENSIONS, theme=MATERIAL)
    result = built(tmp_path, strict=True)
    assert result.lines == ()
    assert '<span class="filename">In {{ fest.city }}</span>' in result.page("a/index.html")
