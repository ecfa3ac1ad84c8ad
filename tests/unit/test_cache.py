import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import Process
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from mkdocs_impldays import cache
from mkdocs_impldays.cache import Cache, CompiledTemplates, Store
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.names.partials import Partials
from mkdocs_impldays.output.files import files_of
from mkdocs_impldays.pages import sandbox
from mkdocs_impldays.site import Site, SiteOptions
from tests.fests import ROOT
from tests.judges.samples import FESTS, SITE, STAMP, STAMPS

PARIS, ROME = FESTS["paris-2018"], FESTS["rome-2018"]
SOURCES = {
    f"fests/{fest.id}.yml": (ROOT / f"fests/{fest.id}.yml").read_bytes() for fest in (PARIS, ROME)
}


def test_what_was_stored_is_there_for_the_next_process(tmp_path: Path) -> None:
    Store(tmp_path).put("a", b"one")
    assert Store(tmp_path).get("a") == b"one"
    assert Store(tmp_path).get("b") is None


def test_git_ignores_the_folder(tmp_path: Path) -> None:
    Store(tmp_path / "cache").put("a", b"one")
    assert (tmp_path / "cache/.gitignore").read_text("utf-8") == "*\n"


@pytest.mark.parametrize("damage", [lambda old: old[:-1], lambda _: b"", lambda old: old + b"!"])
def test_a_damaged_value_is_not_used(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    Store(tmp_path).put("a", b"one")
    (file,) = tmp_path.glob("*/a")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert Store(tmp_path).get("a") is None
    file.write_bytes(whole)
    assert Store(tmp_path).get("a") == b"one"


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be", "utf-8")
    store = Store(tmp_path / "cache")
    store.put("a", b"one")
    assert store.get("a") == b"one"  # from memory
    assert Store(tmp_path / "cache").get("a") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_nothing_is_read_from_a_folder_that_others_can_write_to(tmp_path: Path) -> None:
    Store(tmp_path).put("a", b"one")
    (folder,) = (each for each in tmp_path.iterdir() if each.is_dir())
    folder.chmod(0o777)
    assert Store(tmp_path).get("a") is None
    folder.chmod(0o700)
    assert Store(tmp_path).get("a") == b"one"


def _put_often(folder: Path, value: bytes) -> None:
    for _ in range(200):
        Store(folder).put("a", value)


def test_two_builds_at_once_never_see_half_a_value(tmp_path: Path) -> None:
    values = [b"1" * 100_000, b"2" * 100_000]
    _put_often(tmp_path, values[0])
    writers = [Process(target=_put_often, args=(tmp_path, value)) for value in values]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert Store(tmp_path).get("a") in values
    assert [writer.exitcode for writer in writers] == [0, 0]


def test_memory_holds_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_impldays.cache.MOST_BYTES", 10)
    store = Store()
    for key in ("a", "b", "b", "c"):
        store.put(key, b"12345")
    assert [store.get(key) for key in ("a", "b", "c")] == [None, b"12345", b"12345"]


def test_values_of_versions_that_no_build_uses_are_deleted(tmp_path: Path) -> None:
    for name, days in (("old", 40), ("recent", 3)):
        (tmp_path / name).mkdir()
        used = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (used, used))
    Store(tmp_path).put("a", b"one")
    assert not (tmp_path / "old").exists()
    assert (tmp_path / "recent").exists()


def _environment(cache: CompiledTemplates, source: str = "{{ 'a' | upper }}") -> Environment:
    return Environment(loader=DictLoader({"a": source}), bytecode_cache=cache, autoescape=False)


def _compiled(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bool]:
    """Return what the template renders, and whether it was compiled for that."""
    compiled: list[object] = []
    compile_: Callable[..., Any] = Environment.compile

    def compile_again(self: Environment, *args: Any, **options: Any) -> Any:
        compiled.append(args)
        return compile_(self, *args, **options)

    monkeypatch.setattr(Environment, "compile", compile_again)
    text = environment.get_template("a").render()
    monkeypatch.undo()
    return text, bool(compiled)


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for is_compiled in (True, False):
        templates = Cache(tmp_path).templates
        assert _compiled(_environment(templates), monkeypatch) == ("A", is_compiled)
    again = _environment(templates, source="{{ 'b' | upper }}")
    assert _compiled(again, monkeypatch) == ("B", True)


def partial(folder: Path) -> str:
    """Return what a partial of the site shows in a new process, with what is on disk."""
    return Partials([str(folder / "theme")], {}, Cache(folder / "cache").templates).render("x")


def test_a_partial_is_compiled_once_and_again_when_it_is_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "theme/partials/impldays/x.html"
    file.parent.mkdir(parents=True)
    file.write_text("one {{ 1 + 1 }}", "utf-8")
    assert partial(tmp_path) == "one 2"
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "compile", None)
        assert partial(tmp_path) == "one 2"
    file.write_text("two {{ 1 + 1 }}", "utf-8")
    assert partial(tmp_path) == "two 2"


@pytest.mark.parametrize("ending", ["dist-info", "egg-info"])
def test_another_version_of_a_library_finds_nothing_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    installed = tmp_path / "installed"
    (installed / f"babel-2.19.0.{ending}").mkdir(parents=True)
    monkeypatch.syspath_prepend(installed)
    cache._versions.cache_clear()
    Store(tmp_path / "cache").put("a", b"one")
    assert Store(tmp_path / "cache").get("a") == b"one"
    (installed / f"babel-2.19.0.{ending}").rename(installed / f"babel-2.19.1.{ending}")
    cache._versions.cache_clear()
    found = Store(tmp_path / "cache").get("a")
    monkeypatch.undo()
    cache._versions.cache_clear()
    assert found is None


def test_a_filter_from_elsewhere_may_change_without_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("one", "two"):
        environment = _environment(Cache(tmp_path).templates)
        environment.filters["upper"] = lambda _, text=text: text
        assert _compiled(environment, monkeypatch) == (text, True)


def _site(cache: Cache) -> Site:
    return Site(
        {fest.id: fest for fest in (PARIS, ROME)},
        PARIS,
        STAMP,
        is_moment_set=False,
        sources=SOURCES,
        options=SiteOptions(url=SITE),
        cache=cache,
    )


def _edited(site: Site) -> Site:
    fest = ROME.model_copy(update={"name": "RustFest in Rome"})
    sources = {**SOURCES, "fests/rome-2018.yml": b"name: RustFest in Rome"}
    return replace(site, fests={**site.fests, ROME.id: fest}, sources=sources)


CHANGES: dict[str, Callable[[Site], Site]] = {
    "a fest file": _edited,
    "the address": lambda site: replace(site, options=SiteOptions(url="https://other.test/")),
    "no address": lambda site: replace(site, options=SiteOptions()),
    "the language": lambda site: replace(site, options=SiteOptions(url=SITE, language="fr")),
    "fewer fests": lambda site: replace(
        site, fests={PARIS.id: PARIS}, sources=dict([*SOURCES.items()][:1])
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_files_change(tmp_path: Path, change: str) -> None:
    before = _site(Cache(tmp_path)).context().files(stamps=STAMPS)
    site = CHANGES[change](_site(Cache(tmp_path)))
    fest = site.context().fest
    fresh = files_of(
        fest, fests=site.fests_in(fest.language), site_url=site.options.url, stamps=STAMPS
    )
    assert site.context().files(stamps=STAMPS) == fresh
    assert fresh != before


def test_a_variable_is_compiled_once_and_never_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(fest: Fest, text: str) -> str:
        sandbox._COMPILED.clear()  # as in another process
        return _site(Cache(tmp_path)).context(fest.id).renderer.render(text, path="a.md")[0]

    assert shown(PARIS, "{{ fest.city }}") == "Paris"
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "compile", None)
        assert shown(PARIS, "{{ fest.city }}") == "Paris"
        assert shown(ROME, "{{ fest.city }}") == "Rome"
    assert shown(ROME, "{{ fest.country }}") == "Italy"


def test_files_change_with_the_moment_of_the_last_change(tmp_path: Path) -> None:
    before, after = (
        _site(Cache(tmp_path)).context().files(stamps=stamps)
        for stamps in (STAMPS, {**STAMPS, PARIS.id: STAMP + timedelta(minutes=1)})
    )
    assert before != after


def test_files_that_were_made_before_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _site(Cache(tmp_path)).context().files(stamps=STAMPS)
    monkeypatch.delattr("mkdocs_impldays.output.files.files_of")
    assert _site(Cache(tmp_path)).context().files(stamps=STAMPS) == made


def test_only_the_card_of_the_fest_that_was_edited_is_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(fest: Fest) -> bytes:
        drawn.append(fest.name)
        return b"card"

    monkeypatch.setattr("mkdocs_impldays.output.files.card_png", draw)
    _site(Cache(tmp_path)).context().files(stamps=STAMPS)
    _edited(_site(Cache(tmp_path))).context().files(stamps=STAMPS)
    assert drawn == [PARIS.name, ROME.name, "RustFest in Rome"]
