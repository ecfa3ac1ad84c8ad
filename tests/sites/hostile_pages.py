"""Pages made to keep a build busy or to fill the memory, and a program that renders them.

`python -m tests.sites.hostile_pages GROUP` renders each page of a group in a process of its own,
with a limit on its time and memory, and prints one JSON object with what came of each.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

SECONDS = 5
MEMORY = 300_000_000
"""In bytes, more than a plain page needs."""


def _doubled(start: str, step: str, times: int, end: str) -> str:
    return f"{{% set a = {start} %}}" + f"{{% set a = {step} %}}" * times + end


def _loop(body: str, items: str = "range(9999)") -> str:
    return f"{{% for i in {items} %}}{body}{{% endfor %}}"


def _nested(body: str) -> str:
    """Return a loop that turns 99,980,001 times: `range` has a limit of its own."""
    return f"{{% for j in range(9999) %}}{_loop(body)}{{% endfor %}}"


def _text(part: str, times: int, end: str) -> str:
    return _doubled(f"'{part}'", "a ~ a", times, end)


_READ = [
    "{{ {a: 1} | length }}",
    "{{ {1: a} | length }}",
    "{{ a | string }}",
    "{{ a | tojson }}",
    "{{ [a, a] | sort }}",
    "{{ [a, a] | unique }}",
    "{{ a == a }}",
    "{{ a < a }}",
    "{{ a in [a] }}",
    '{{ a ~ "" }}',
    "{{ tense(a, a, a) }}",
    "{{ venue(agenda=a) }}",
    "{{ a }}",
    "{{ a | join }}",
    "{{ a | upper }}",
    "{{ a is sameas a }}",
    "{{ a is eq a }}",
    "{{ a[0:1] }}",
    "{{ [a] | sum }}",
    "{{ a | dates }}",
    "{{ a | default(a) }}",
    "{{ a | map('string') | list }}",
    "{% for b, c in [a] %}{{ b }}{% endfor %}",
    "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(a) }}",
]
"""What reads all of a value."""

PAGES: dict[str, list[str]] = {
    "values": [
        *(_doubled("(1, 1)", "(a, a)", 27, read) for read in _READ),
        *(_doubled("[1, 1]", "[a, a]", 27, read) for read in _READ),
        _doubled("{1: 1}", "{1: a, 2: a}", 27, "{{ a | tojson }}"),
        _doubled("[1, 2]", "[a, a] | map('list') | list", 27, "{{ a | tojson }}"),
        _doubled("'x' * 9", "a.replace('x', 'x' * 9)", 9, "{{ a | length }}"),
        _doubled("'a'", "a | replace(old='a', new='aaaaaaaaaa')", 12, "{{ a | length }}"),
        _doubled("'a'", "a | replace('a', 'aaaaaaaaaa')", 12, "{{ a | length }}"),
        _doubled("'a'", "[a] | map('replace', old='a', new=a ~ a) | first", 30, "{{ a }}"),
        _doubled("[1]", "a + a", 40, "{{ a | length }}"),
        _doubled("'a'", "a ~ a", 60, "{{ a | length }}"),
        "{% set a %}aaaaaaaaaa{% endset %}" + "{% set a %}{{ a }}{{ a }}{{ a }}{% endset %}" * 30,
        "{% filter replace('a', 'aaaaaaaaaaaaaaaa') %}" * 9 + "a" + "{% endfilter %}" * 9,
        "{{ '%1000000000d' is odd }}",
        "{{ '%1000000000d' is divisibleby(3) }}",
        "{{ ['%1000000000d'] | select('divisibleby', 3) | list }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 'a' | center(1000000000) }}",
        "{{ 'a' | indent(1000000000) }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ 'a' | truncate(10, True, '…' * 100000000) }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 1e308 * 1e308 }}",
        "{{ 1e308 | int }}",
        "{{ '9' * 99999 | int }}",
        "{{ range(9999) | batch(1, 'a') | list }}",
        "{{ range(9999) | slice(99999999) | list }}",
        "{{ [(1, 2)] * 99999999 }}",
        "{{ [-1, -2] | unique | list }}",
        (
            "{% set ns = namespace(a=[1]) %}{% for i in range(99) %}{% set ns.a = [ns.a, ns.a] %}"
            "{% endfor %}{{ ns.a | tojson }}"
        ),
        (
            "{% macro m(n) %}{% if n %}{{ m(n - 1, varargs, varargs) }}{% else %}"
            "{{ varargs | string }}{% endif %}{% endmacro %}{{ m(30) }}"
        ),
        (
            "{% macro m(n) %}{% if n %}{{ m(n - 1, a=kwargs, b=kwargs) }}{% else %}"
            "{{ kwargs | tojson }}{% endif %}{% endmacro %}{{ m(30) }}"
        ),
    ],
    "loops": [
        _nested(""),
        _nested("{% if 1 %}{% endif %}" * 3000),
        _nested("{{ rsvp_button('x' ~ i) }}"),
        _nested("{{ schedule(agenda=i) }}"),
        _nested("{{ tense(i, 'b', 'c') }}"),
        _nested("{{ venue('nope' ~ i) }}"),
        _nested("{% set a = schedule(agenda=i) %}"),
        _nested("{{ nope }}"),
        _nested("{{ fest['x' ~ i] }}"),
        _nested("{{ loop }}"),
        _nested("{% before %}a{% else %}b{% endbefore %}"),
        _nested("{{ loop.cycle(*range(9999)) }}"),
        _nested("{{ events.impl_days.dates | dates('long', locale='fr') }}"),
        _nested("{% set x = events.impl_days.dates | dates('long', locale='x' ~ i) %}"),
        _loop("{% if 0.5 in range(9999) %}{% endif %}"),
        _loop("{% if range(9999) | sum %}{% endif %}"),
        _loop("{{ range(9999) | sort | length }}"),
        "{{ range(9999) | join('a' * 999) }}",
        "{{ range(9999) | map('string') | map('list') | list | length }}",
        "{% for i in range(9999) recursive %}{{ loop(range(9999)) }}{% endfor %}",
        "{% for i in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
        "{% for i in [1] recursive %}{% if loop.depth < 3 %}"
        + _loop("{{ loop }}")
        + "{{ loop(range(9999)) }}{% endif %}{% endfor %}",
        "{% macro m() %}{% endmacro %}" + _loop("{{ m(*range(9999)) }}"),
        "{% macro m() %}" + "{% if 1 %}{% endif %}" * 3000 + "{% endmacro %}" + _loop("{{ m() }}"),
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
        + "{% call m() %}" * 18
        + "x"
        + "{% endcall %}" * 18,
        _text("a ", 18, _loop("{% set q = a.title() %}")),
        _text("a ", 18, _loop("{% set q = a[1:] %}")),
        _text("a ", 18, _loop("{% if a < a ~ 'x' %}{% endif %}")),
        _text("a ", 18, _loop("{% if loop.changed(a ~ i) %}{% endif %}")),
        _text("x", 19, _loop("{{ fest[a] }}{{ venue(a) }}", "range(999)")),
        _text("a ", 15, "{{ range(9999) | join(a) }}"),
        _text("x.", 18, "{{ range(9999) | map(attribute=a) | list | length }}"),
    ],
    "printing": [
        _text("x,", 16, "{{ [1, 2, 3] | sort(attribute=a) | length }}"),
        *(_text(part, 18, "{{ a }}{{ a | upper }}") for part in (":<", "*_", "[(", "`", "&", "1")),
        _text("https://a", 15, "{{ a }}"),
        _text("a@", 18, "{{ a }}"),
        _text("1", 18, "{{ a | int }}{{ a | float }}{{ a | int(base=16) }}"),
        _text("\U00010400", 18, "{{ a | list | length }}{{ a | int }}"),
        _text("a ", 18, "{{ a.split() | length }}{{ a | wordcount }}{{ a | title }}"),
        "{% set s %}" + _loop("*", "range(4000)") + "{% endset %}{{ rsvp_button(s) }}",
        "{% set s %}" + _loop("[", "range(4000)") + "{% endset %}{{ rsvp_button(s ~ '') }}",
    ],
    "source": [
        "{% set a = [" + "1, " * 400_000 + "] %}{{ a | length }}",
        "{% set a = [" + "1," * 50_000 + "] %}{{ a | length }}",
        "".join(f"{{{{ {i} }}}}\n" for i in range(20_000)),
        "{% if 1 %}{% endif %}" + "".join(f"{{{{ {i} }}}}\n" for i in range(9_000)),
        "{% if 1 %}{% endif %}" + "".join(f"{{{{ {i} }}}}\n" for i in range(50_000)),
        "{% if 1 %}{% endif %}" * 4_900,
        "{% if 1 %}{% endif %}" * 50_000,
        "".join(f"{{% set a{i} = 1 %}}" for i in range(9_900)),
        "{% macro a() %}{{ 1 | upper }}{% endmacro %}" * 3_000,
        "{% for a in [1] %}{{ a | upper }}{% endfor %}" * 3_000,
        "{% if 0 %}" + "{% elif 0 %}" * 9_000 + "{% endif %}",
        "{% today " + " " * 50_000 + "x %}{% endtoday %}",
        "{% if 1 " + " " * 50_000 + "%}{% endif %}",
        "{% show from " + " " * 50_000 + "x %}{% endshow %}",
        "{%" + " " * 50_000 + "from x %}",
        "{% today %}a{% endtoday %}" * 5_000,
        "{% show from 'x' %}a{% endshow %}" * 4_900,
        ">" * 1_000_000 + "{{ 1 }}" * 9_000,
        "> " * 500_000 + "{{ 1 }} " * 9_000,
        *("{{ 1" + part * 20_000 + " }}" for part in (" + 1", "|upper", " < 2", " ~ 2", " and 1")),
        "{{ fest" + ".a" * 20_000 + " }}",
        "{{ fest" + "[0]" * 20_000 + " }}",
        "{{ " + "(" * 90 + "1" + ")" * 90 + " }}",
        "{{ " + "[" * 80 + "1" + "]" * 80 + " }}",
        "{{ " + "not " * 20_000 + "1 }}",
        "{{ " + "1 if 1 else " * 9_000 + "1 }}",
    ],
}


def _limited(render: Callable[[], object], plain: int) -> object:
    """Return what a function returns, from a process that has only so much time and memory."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (plain + MEMORY, plain + MEMORY))
        with os.fdopen(writing, "w") as pipe:
            json.dump(render(), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        written = pipe.read()
    _, status = os.waitpid(child, 0)
    return f"status {status}" if status else json.loads(written)


def _main(group: str) -> None:
    from tests.sites.test_hostile_pages import renderer  # noqa: PLC0415 - that module uses this one

    def render(page: str) -> object:
        text, problems = renderer().render(page, path="docs/a.md")
        return [len(text), [str(problem) for problem in problems]]

    render("{{ fest.name }}{{ schedule() }}{{ venue() }}{{ rsvp_button() }}")
    pages_used = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    plain = pages_used * resource.getpagesize()
    json.dump([_limited(partial(render, page), plain) for page in PAGES[group]], sys.stdout)


if __name__ == "__main__":
    _main(sys.argv[1])
