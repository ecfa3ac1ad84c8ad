from pathlib import Path

import pytest

from mkdocs_impldays.checks.private_files import private_problem

KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\ninvented\n"


@pytest.mark.parametrize(
    "name", ["id_rsa", "ID_ED25519", "server.pem", ".env", ".env.local", "prod.env", "a.p12"]
)
def test_a_file_with_the_name_of_a_key_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x", "utf-8")
    assert "looks like a key" in (private_problem(tmp_path / name, inside=tmp_path) or "")


@pytest.mark.parametrize(
    "text", [KEY, f"\n{KEY}", KEY.replace("OPENSSH ", ""), "PuTTY-User-Key-File-3"]
)
def test_a_key_is_refused_whatever_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.txt").write_text(text, "utf-8")
    assert "looks like a key" in (private_problem(tmp_path / "notes.txt", inside=tmp_path) or "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("id_rsa.pub", "ssh-ed25519 AAAA"),
        ("talk.key", "PK\x03\x04"),
        ("about.md", f"```\n{KEY}```"),
        ("cert.txt", "-----BEGIN CERTIFICATE-----"),
        ("environment.md", "x"),
    ],
)
def test_other_files_are_published(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert private_problem(tmp_path / name, inside=tmp_path) is None
    (tmp_path / name).write_text(KEY, "utf-8")
    assert private_problem(tmp_path / name, inside=tmp_path) is not None


def test_a_link_out_of_the_project_is_refused_and_one_within_is_not(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (tmp_path / "diary.txt").write_text("x", "utf-8")
    (project / "LICENSE").write_text("x", "utf-8")
    for name, target in (("out", tmp_path / "diary.txt"), ("within", project / "LICENSE")):
        (project / "docs" / name).symlink_to(target)
    inside = project.resolve()
    assert "outside the project" in (private_problem(project / "docs/out", inside=inside) or "")
    assert private_problem(project / "docs/within", inside=inside) is None
