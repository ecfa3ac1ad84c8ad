"""Changes to a page's template before it is compiled, so that its work can be counted."""

from __future__ import annotations

from typing import cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from mkdocs_impldays.pages.facts import PageError


class Counting(NodeTransformer):
    """Makes loops and `~` ask the environment, which counts."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's name
        """Count a loop's turns."""
        self.generic_visit(node)
        node.iter = _asked("counted", [cast("nodes.Expr", node.iter)], node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:  # noqa: N802 - Jinja's name
        """Count the characters that `~` puts together."""
        self.generic_visit(node)
        return _asked("joined", node.nodes, node.lineno)


def _asked(method: str, args: list[nodes.Expr], line: int) -> nodes.Call:
    asked = nodes.EnvironmentAttribute(method)
    return nodes.Call(asked, args, [], None, None, lineno=line)


def refuse_other_files(source: nodes.Template) -> None:
    """Refuse tags that read other files: what a page shows is checked where it stands."""
    others = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    for node in source.find_all(others):
        advice = "Write the text here, or use Markdown's snippets."
        mistake = PageError(f"includes another file, which pages cannot. {advice}")
        mistake.line = node.lineno
        raise mistake
