"""Faults for machines: JSON, GitHub annotations, SARIF 2.1.0 and JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from hrcode._version import __version__
from hrcode.checks.examples import ExampleReport
from hrcode.codebook.model import Codebook
from hrcode.errors import Fault

_GITHUB = {"note": "notice"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def faults_text(faults: Sequence[Fault]) -> str:
    """Write a fault a line, ``path:line:column: level: message (rule)``."""
    return "".join(f"{fault}\n" for fault in faults)


def faults_json(faults: Sequence[Fault]) -> str:
    """Write faults as a JSON list."""
    return json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=1) + "\n"


def faults_github(faults: Sequence[Fault]) -> str:
    """Write faults as GitHub workflow commands, which show up beside the changed lines."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escape_property(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::{_GITHUB.get(f.level, f.level)} file={escape_property(f.path)},line={f.line},col={f.column},"
        f"title={escape_property(f.rule)}::{escape(f.message)}\n"
        for f in faults
    )


def faults_sarif(faults: Sequence[Fault]) -> str:
    """Write faults as SARIF 2.1.0 (OASIS 2020), which code hosts and editors read."""
    rules = sorted({fault.rule for fault in faults})
    driver: dict[str, Any] = {
        "name": "hrcode",
        "version": __version__,
        "rules": [{"id": rule} for rule in rules],
    }
    results = [
        {
            "ruleId": fault.rule,
            "ruleIndex": rules.index(fault.rule),
            "level": fault.level,
            "message": {"text": fault.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(fault.path.replace("\\", "/"))},
                        "region": {"startLine": max(fault.line, 1), "startColumn": max(fault.column, 1)},
                    }
                }
            ],
        }
        for fault in faults
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return (
        json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def faults_junit(faults: Sequence[Fault]) -> str:
    """Write faults as JUnit XML: a failed test case each (but notes), or one passed case."""
    cases = [(f.rule, f.path, str(f), f.message) for f in faults if f.level != "note"]
    return _junit("codebook validate", cases or [("no faults", "codebook", "", "")])


def examples_junit(outcomes: Sequence[tuple[Codebook, ExampleReport]]) -> str:
    """Write the outcome of codebooks' examples as JUnit XML, a test case each."""
    cases = [
        (
            f"line {result.example.line}: {result.example.text}",
            f"{codebook.id}.{result.subcategory.path.replace('/', '.')}",
            f"{codebook.path}:{result.example.line}: {result.problem}" if result.problem else "",
            result.problem,
        )
        for codebook, report in outcomes
        for result in report.results
    ]
    return _junit("codebook test", cases)


def _junit(suite: str, cases: Sequence[tuple[str, str, str, str]]) -> str:
    failed = sum(bool(detail) for _, _, detail, _ in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": "0"}
    # Jenkins' schema (junit-10.xsd) knows no `skipped` for all suites together.
    root = ElementTree.Element("testsuites", {k: v for k, v in counts.items() if k != "skipped"})
    element = ElementTree.SubElement(root, "testsuite", {"name": suite, **counts})
    for name, place, detail, message in cases:
        case = ElementTree.SubElement(element, "testcase", {"name": _xml(name), "classname": _xml(place)})
        if detail:
            failure = ElementTree.SubElement(case, "failure", {"message": _xml(message), "type": "failure"})
            failure.text = _xml(detail)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _xml(text: str) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


WRITERS: dict[str, Callable[[Sequence[Fault]], str]] = {
    "text": faults_text,
    "json": faults_json,
    "github": faults_github,
    "sarif": faults_sarif,
    "junit": faults_junit,
}
