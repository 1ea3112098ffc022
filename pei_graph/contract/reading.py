"""Contract files, read and checked; an error names the file and the key."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from loaders import CONTRACTS
from pei_graph.contract.source import Contract
from pei_graph.contract.vocabulary import Term, vocabulary
from pei_graph.errors import ContractError, Place
from pei_graph.yml import read_yml


def read_contract(file: Path | Traversable) -> Contract:
    """Return the contract in a file.

    Raises ``ContractError`` naming the file, the key and what is wrong with it.
    """
    where = Place(file=file.name)
    try:
        contract = Contract.model_validate(_read_yaml(file))
    except ValidationError as error:
        problems = "; ".join(_plain(error))
    else:
        _check_types(contract, where)
        return contract
    # Raised out here because pydantic's error keeps the frames it passed through, out of the
    # garbage collector's sight: chained to ours, which those frames hold, neither would be freed.
    raise ContractError(
        f"The contract is wrong: {problems}",
        where=where,
        do="See loaders/README.md for the keys a contract may have",
    )


def _read_yaml(file: Path | Traversable) -> Any:
    try:
        return read_yml(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContractError(
            "The contract is not valid YAML",
            where=Place(file=file.name, row=mark.line + 1 if mark else None),
            do="Check the indentation and the quotes at and above that line",
        ) from error
    except UnicodeDecodeError as error:
        raise ContractError(
            "The contract is not text in UTF-8", where=Place(file=file.name), do="Save it as UTF-8"
        ) from error


PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "a text is needed; in YAML a number, a date, NULL, Yes and No are texts only"
        " within quotes",
        "extra_forbidden": "the language has no such key here",
        "missing": "this key is missing",
        "model_type": "keys of its own are needed here",
        "dict_type": "keys of its own are needed here",
        "tuple_type": "a list is needed, as in [first, second]",
    },
)
"""What is wrong with a contract, by the name that its checker has for it, as one would say it."""


def _plain(error: ValidationError) -> Iterator[str]:
    """Yield what is wrong, each with all keys of which it is so.

    Of a list none of whose parts is right it is not said that it is empty.
    """
    found = error.errors(include_input=False, include_url=False)
    within = {problem["loc"][:depth] for problem in found for depth in range(len(problem["loc"]))}
    keys: dict[str, list[str]] = {}
    for problem in found:
        if problem["type"] != "too_short" or problem["loc"] not in within:
            says = PLAIN.get(problem["type"]) or str(problem["msg"]).removeprefix("Value error, ")
            keys.setdefault(says, []).append(".".join(str(step) for step in problem["loc"]))
    for says, places in keys.items():
        at = ", ".join(filter(None, places))
        yield f"{at}: {says}" if at else says


def _check_types(contract: Contract, where: Place) -> None:
    known = terms_of([contract])
    types = {fact.type for source_list in contract.lists.values() for fact in source_list.facts}
    if unknown := sorted(types - set(known)):
        raise ContractError(
            f"The contract uses unknown involvement types {unknown}",
            where=where,
            do="Use a type of loaders/vocabulary.yml or declare it under `terms`",
        )


def terms_of(contracts: Iterable[Contract]) -> Mapping[str, Term]:
    """Return each type of involvement that sources of these contracts may state."""
    return ChainMap(*(contract.terms for contract in contracts), vocabulary().involvements)


def read_contracts(folders: Sequence[Path] = ()) -> dict[str, Contract]:
    """Return every contract, packaged and in ``folders``, by source id.

    A contract in a later folder replaces one of the same id before it, so a council can adapt a
    packaged contract without touching the product. Raises ``ContractError``.
    """
    places: Iterable[Path | Traversable] = (CONTRACTS, *folders)
    contracts: dict[str, Contract] = {}
    for place in places:
        if not place.is_dir():
            raise ContractError(f"There is no contracts folder {place}", do="Check --contracts")
        for file in sorted(place.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith((".yml", ".yaml")):
                contract = read_contract(file)
                contracts[contract.id] = contract
    return contracts
