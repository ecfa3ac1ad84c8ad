"""A mistake in a template of the site's own is one line, wherever it stops the build."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import engine
from tests.fests import ROOT
from tests.sites.building import PARIS, built, site
from tests.sites.test_check import check

MINE = {"name": "mkdocs", "custom_dir": "overrides"}


def of_mine(folder: Path, template: str, name: str = "main.html") -> Path:
    """Write a site with a template of its own; only its third line is the case's."""
    parent = '{% extends "base.html" %}' if name == "main.html" else ""
    text = f"{parent}\n{{% block footer %}}\n{template}\n{{% endblock %}}\n"
    return site(folder, {f"overrides/{name}": text}, theme=MINE)


MISTAKES = [
    ("{{ rsvp_buton() }}", '"rsvp_buton" is not known. Did you mean "rsvp_button"?'),
    ("{{ zzz.at.all }}", '"zzz" is not known. Correct it, or remove it.'),
    ("{{ fest.nme.x }}", '"fest.nme" is not known. Did you mean "fest.name"?'),
    ("{{ config.a.b }}", '"{{ config.a.b }}" uses a name that does not exist. Check its names.'),
    ("{{ fest.name }", '"{{ fest.name }" cannot be read. Check its quotes, dots and brackets.'),
    (
        "<p>{% today %}</p>",
        '"{% today %}" works only on pages. Remove it, or write it on a page.',
    ),
    (
        '{% include "bse.html" %}',
        '"bse.html" does not exist. Correct the name, or add the file.',
    ),
    (
        "{{ fest.name | uper }}",
        '"{{ fest.name | uper }}" uses “uper”, which is not a filter. Did you mean "upper"?',
    ),
    (
        "{{ fest.name | qqq }}",
        '"{{ fest.name | qqq }}" uses “qqq”, which is not a filter. Correct it, or remove it.',
    ),
    (
        "{% if fest.name %}{% for day in fest.days %}{{ day }}{% endfor %}\n<p>",
        '"{% if fest.name %}" is not closed. Write {% endif %} where it ends.',
    ),
    (
        "{{ 1 // 0 }}",
        '"{{ 1 // 0 }}" cannot be evaluated. Check that the value fits its use.',
    ),
]


@pytest.mark.parametrize(("template", "message"), MISTAKES)
@pytest.mark.parametrize("name", ["main.html", "404.html"])
def test_a_mistake_in_a_template_is_told_with_its_line(
    tmp_path: Path, name: str, template: str, message: str
) -> None:
    done = built(of_mine(tmp_path, template, name))
    assert done.stopped
    assert done.lines[-1] == f"overrides/{name}:3: {message}"
    assert not list((tmp_path / "site").rglob("*.html"))


def test_a_venue_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    done = built(of_mine(tmp_path, '{{ venue("town-hal") }}'))
    assert done.lines[-1].startswith('overrides/main.html:3: "town-hal" is not a venue')


def test_a_template_that_extends_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    files = {"overrides/main.html": '{% extends "bse.html" %}\n'}
    done = built(site(tmp_path, files, theme=MINE))
    assert done.lines[-1].startswith('overrides/main.html:1: "bse.html" does not exist.')


def test_a_mistake_in_what_a_template_includes_is_told_there(tmp_path: Path) -> None:
    files = {
        "overrides/main.html": '{% extends "base.html" %}{% block footer %}'
        '{% include "partials/foot.html" %}{% endblock %}',
        "overrides/partials/foot.html": "<p>\n{{ rsvp_buton() }}\n</p>",
    }
    done = built(site(tmp_path, files, theme=MINE))
    assert done.lines[-1].startswith('overrides/partials/foot.html:2: "rsvp_buton" is not known.')


def test_an_error_that_is_not_in_a_template_of_the_sites_own_stays(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "main.html").write_text("{{ nothing.at.all }}")
    hook = f"def on_config(config):\n    config.theme.dirs.insert(1, {str(theirs)!r})\n"
    files = {"overrides/other.html": "", "hook.py": hook}
    folder = site(tmp_path / "mine", files, theme=MINE, hooks=["hook.py"])
    with pytest.raises(Exception, match="'nothing' is undefined"):
        built(folder)


def test_who_builds_sees_no_traceback(tmp_path: Path) -> None:
    folder = of_mine(tmp_path, "{{ rsvp_buton() }}")
    done = subprocess.run(
        [*engine.COMMAND, "build"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert 'overrides/main.html:3: "rsvp_buton" is not known.' in done.stderr.splitlines()[-1]
    assert done.stdout.strip() == "The site was not built."
    assert "Traceback" not in done.stderr


def test_a_preview_keeps_what_it_has_shown(tmp_path: Path) -> None:
    built(site(tmp_path, {"overrides/main.html": "<p>before</p>"}, theme=MINE))
    done = built(of_mine(tmp_path, "{{ rsvp_buton() }}", "404.html"), command="serve", dirty=True)
    assert done.stopped
    assert done.lines[-1].startswith('overrides/404.html:3: "rsvp_buton" is not known.')
    assert "before" in done.page()


def test_a_check_tells_a_mistake_in_a_template_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = check(of_mine(tmp_path, "{{ rsvp_buton() }}"), monkeypatch)
    assert result.exit_code == 1
    assert result.output.count("rsvp_buton") == 1
    assert "overrides/main.html:3: " in result.output


def test_templates_write_dates_as_pages_do(tmp_path: Path) -> None:
    rome = (ROOT / "fests/rome-2018.yml").read_text("utf-8")
    files = {
        "overrides/main.html": '{% extends "base.html" %}{% block footer %}'
        '<p>on {{ fest.dates | dates("long") }}</p>'
        '<p>{{ fest.dates | dates("long", locale="de") }}</p>{% endblock %}',
        "overrides/partials/impldays/venue.html": '<p>at {{ fest.dates | dates("long") }}</p>',
        "docs/a.md": "{{ venue() }}\n\non {{ fest.dates | dates('long') }}\n",
        "docs/rome.md": "---\nfest: rome-2018\n---\n# Rome\n",
        "fests/rome-2018.yml": rome.replace("language: en", "language: it"),
    }
    done = built(site(tmp_path, files, theme=MINE))
    assert not done.stopped
    page = done.page("a/index.html")
    assert page.count("on 26–29 May 2018</p>") == 2
    assert "<p>26.–29. Mai 2018</p>" in page
    assert "<p>at 26–29 May 2018</p>" in page
    assert "<p>on 24–27 novembre 2018</p>" in done.page("rome/index.html")


def test_a_filter_that_a_template_has_already_wins(tmp_path: Path) -> None:
    files = {
        "overrides/main.html": '{% extends "base.html" %}{% block footer %}'
        "<p>{{ fest.dates | dates }}</p>{% endblock %}",
        "hook.py": "from mkdocs.plugins import event_priority\n\n"
        "@event_priority(100)\ndef on_env(env, **_):\n"
        "    env.filters['dates'] = lambda _: 'theirs'\n",
    }
    done = built(site(tmp_path, files, theme=MINE, hooks=["hook.py"]))
    assert "<p>theirs</p>" in done.page()


def test_a_mistake_in_a_partial_ends_in_one_dot(tmp_path: Path) -> None:
    files = {
        "overrides/partials/impldays/venue.html": "{{ venue.name | qqq }}",
        "docs/a.md": "{{ venue() }}\n",
    }
    done = built(site(tmp_path, files, theme=MINE))
    told = "cannot be shown: \"partials/impldays/venue.html\": No filter named 'qqq'."
    assert done.lines[0] == f'docs/a.md:1: "{{{{ venue() }}}}" {told}'


def test_links_of_the_footer_lead_right_on_a_site_below_a_path(tmp_path: Path) -> None:
    fest = f"{PARIS}\npages: {{imprint: /imprint/}}\n"
    files = {"docs/imprint.md": "# Imprint\n"}
    address = "https://impldays.test/repo/"
    done = built(site(tmp_path, files, fest=fest, theme={"name": "material"}, site_url=address))
    assert 'href="./"' in footer(done.page("imprint/index.html"))
    assert 'href="/repo/imprint/"' in footer(done.page("404.html"))


def footer(html: str) -> str:
    return html.partition('class="impldays-footer')[2].partition("</aside>")[0]
