"""The worst crops of a run on one page, to look at: silent errors first."""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from benchmarks.measured.observation import Observation

_MOST = 60
"""Crops of each chapter."""
_STYLE = """
body { font: 15px/1.4 sans-serif; margin: 2rem; color: #222; background: #fff; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; }
figure { margin: 0; border: 1px solid #bbb; padding: .6rem; }
img { max-width: 100%; max-height: 14rem; display: block; margin-bottom: .4rem; }
figcaption { font-size: 13px; overflow-wrap: anywhere; }
b { color: #a00; }
"""


def pick_worst(observed: Iterable[Observation]) -> dict[str, list[Observation]]:
    """The crops worth a look, by chapter; the least sure first, silent errors the surest first."""
    shown = [o for o in observed if o.crop]
    silent = sorted((o for o in shown if o.silent), key=lambda o: -(o.confidence or 0))
    accepted = [o for o in shown if not o.silent and not o.to_review]
    wrong = [o for o in shown if not o.right and o.to_review]
    return {
        "Silent errors: wrong, and nobody looks": silent,
        "Accepted and right, with the least confidence": _least_sure(accepted),
        "Misread, and a person looks": sorted(wrong, key=lambda o: -(o.confidence or 0))[:_MOST],
    }


def _least_sure(fields: Sequence[Observation]) -> list[Observation]:
    return sorted(fields, key=lambda o: o.confidence or 0.0)[:_MOST]


def write_gallery(chapters: dict[str, list[Observation]], path: Path) -> None:
    """Write the page; it needs nothing beside it."""
    body = "".join(
        f"<h2>{escape(name)} ({len(shown)})</h2><main>{''.join(map(_show, shown))}</main>"
        for name, shown in chapters.items()
    )
    page = (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Worst crops</title>"
        f"<style>{_STYLE}</style><h1>Worst crops of the benchmark of reading</h1>"
        "<p>Simulated paper, simulated people: nothing here was written by a family.</p>"
        f"{body}</html>\n"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _show(o: Observation) -> str:
    picture = base64.b64encode(o.crop or b"").decode()
    sure = "no page" if o.confidence is None else f"confidence {o.confidence:.4f}"
    lines = (
        f"{o.form} {o.field}, {o.scenario}; {o.style}, level {o.level}, seed {o.seed}",
        f"on paper: {o.meant}",
        f"read: {o.seen}; {sure}",
    )
    text = "<br>".join(map(escape, lines))
    return (
        f'<figure><img alt="crop" src="data:image/png;base64,{picture}">'
        f"<figcaption>{'<b>silent</b> ' if o.silent else ''}{text}</figcaption></figure>"
    )
