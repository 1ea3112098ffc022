"""What a machine can check of a page's accessibility."""

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALLEST_TARGET = 24

TARGETS = """
() => [...document.querySelectorAll("button, input:not([type=hidden]), select, summary")]
  .filter((target) => target.checkVisibility())
  .map((target) => [target.outerHTML.slice(0, 60), target.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && box.height > 0)
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .map(([html]) => html)
"""
