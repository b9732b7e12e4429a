"""What the rules of accessibility find in a page; they come with a package, nothing is fetched."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_ONCE_MORE = [
    *(".days > :nth-child(n+9)", ".questions > :nth-child(n+5)"),
    *(".picture-words > :nth-child(n+30)", ".compare-words > :nth-child(n+30)", "option:nth-child(n+9)"),
]
"""Rows and words after enough of their like: drawn by the same line of a template, they only take time."""
_FOUND = """async ([rules, exclude]) => {
  const {violations} = await axe.run({exclude}, {runOnly: rules, resultTypes: ["violations"]});
  return violations.filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).join(", ")}`);
}"""


def barriers(page: Page) -> list[str]:
    """What is serious or critical by WCAG 2.2 AA in the light, and the contrasts that are too poor in the dark."""
    page.evaluate(AXE_SCRIPT)
    page.emulate_media(color_scheme="dark")
    dark: list[str] = page.evaluate(_FOUND, [["color-contrast"], _ONCE_MORE])
    page.emulate_media(color_scheme="light")
    light: list[str] = page.evaluate(_FOUND, [RULES, _ONCE_MORE])
    return [*light, *(f"in the dark, {one}" for one in dark)]
