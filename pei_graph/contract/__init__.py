"""A source contract, read and checked: how one system's files become records and facts.

In: a YAML file. Out: a :class:`Contract`. Unknown keys are refused, so that a misspelt key cannot
pass for a rule. Nothing here reads a delivery. ``loaders/README.md`` shows the language by example.
"""

from pei_graph.contract.kept import keep_contracts, kept_contracts
from pei_graph.contract.lists import (
    Constant,
    DeliveredOn,
    Expect,
    Layout,
    Reader,
    SourceList,
)
from pei_graph.contract.parts import (
    FIELDS,
    Address,
    AValue,
    Combine,
    Condition,
    Fact,
    Part,
    Person,
    Relationship,
    Texts,
    Value,
)
from pei_graph.contract.reading import read_contract, read_contracts, terms_of
from pei_graph.contract.source import IDENTIFIER, Contact, Contract, Freshness
from pei_graph.contract.vocabulary import Term, Vocabulary, vocabulary

__all__ = [
    "FIELDS",
    "IDENTIFIER",
    "AValue",
    "Address",
    "Combine",
    "Condition",
    "Constant",
    "Contact",
    "Contract",
    "DeliveredOn",
    "Expect",
    "Fact",
    "Freshness",
    "Layout",
    "Part",
    "Person",
    "Reader",
    "Relationship",
    "SourceList",
    "Term",
    "Texts",
    "Value",
    "Vocabulary",
    "keep_contracts",
    "kept_contracts",
    "read_contract",
    "read_contracts",
    "terms_of",
    "vocabulary",
]
