"""The model report as one HTML file: no script, nothing fetched, readable in print.

In: a :class:`Described`, :class:`Rates` and, where there is one, an evaluation. Out: HTML as text.
Every bar stands beside its figure in a table, so nothing is told by a picture or a colour alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from pei_graph.evaluation.calibration import Calibration
from pei_graph.evaluation.model.described import Described
from pei_graph.evaluation.model.rates import Rates
from pei_graph.evaluation.report import Clerical, Measure, Report

STATES = ("accepted", "possible", "refused")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the report is of: the run, its day, and the model's digest."""

    run: int
    as_of: date | None
    digest: str
    version: str


def page(
    heading: Heading,
    model: Described,
    found: Rates,
    *,
    evaluated: Report | Clerical | None = None,
) -> str:
    """Return the model report as HTML."""
    environment = Environment(
        loader=PackageLoader("pei_graph.evaluation.model", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        per_cent=_per_cent, bits=_bits, plain=_plain, whole=_whole, words=_words
    )
    return environment.get_template("report.html.jinja").render(
        heading=heading,
        model=model,
        found=found,
        states=STATES,
        widest_bits=_widest_bits(model),
        widest_band=max((sum(links.values()) for _, links in found.weights), default=1),
        sources=[rate.source for rate in found.sources],
        measures=_measures(evaluated),
        gaps=evaluated.gaps if isinstance(evaluated, Report) else [],
        groups=evaluated.groups if isinstance(evaluated, Report) else [],
        against=_against(evaluated),
        cautions=evaluated.cautions if evaluated else [],
        calibration=evaluated.calibration if evaluated else Calibration(),
    )


def _against(evaluated: Report | Clerical | None) -> str:
    if isinstance(evaluated, Report):
        return "the truth"
    return f"{evaluated.judged:,} judged pairs" if evaluated else ""


def _measures(evaluated: Report | Clerical | None) -> Sequence[Measure]:
    if isinstance(evaluated, Report):
        return evaluated.measures()
    return evaluated.measures if evaluated else ()


def _widest_bits(model: Described) -> float:
    levels = (level.bits for comparison in model.comparisons for level in comparison.levels)
    home: Iterable[float] = (bits for levels in model.home.values() for bits in levels)
    return max(abs(bits) for bits in (*levels, *home))


def _per_cent(share: float | None) -> str:
    """Return a share in per cent, to two figures where it is small.

    >>> _per_cent(0.8586), _per_cent(0.0000666), _per_cent(0)
    ('85.9%', '0.0067%', '0%')
    """
    if share is None:
        return "not known"
    value = 100 * share
    return f"{value:.1f}%" if value >= 1 else f"{value:.2g}%"


def _bits(value: float) -> str:
    """Return bits with their sign, a true minus.

    >>> _bits(4.25)
    '+4.2'
    """
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def _plain(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _words(name: str) -> str:
    return name.replace("_", " ")
