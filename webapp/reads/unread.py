"""Sources whose newest delivery could not be read: what they know is missing from pages, or old.

A reader who does not hear of it takes the silence of such a source for an answer.
"""

from collections import defaultdict

from webapp.format import source_titles, words
from webapp.runs import about_sources, reader


def unread() -> list[str]:
    """Return each such source by its title, with its lists where others of it were read."""
    rows = reader().deliveries
    lost, read = defaultdict(list), set()
    for row in rows:
        if row["unread"]:
            lost[row["source"]].append(words(row["list"]).lower())
        else:
            read.add(row["source"])
    return [
        f"{title_of(source)}: {', '.join(lists)}" if source in read else title_of(source)
        for source, lists in lost.items()
    ]


def title_of(source: str) -> str:
    """Return the title of a source, also of one of which nothing could ever be read."""
    contract = reader().contracts.get(source)
    return source_titles(about_sources()).get(source, contract.title if contract else words(source))
