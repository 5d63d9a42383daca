"""What is done with every partition, as a value that travels to other processes and machines."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from hrcode._version import __version__
from hrcode.archive.record import FORMAT
from hrcode.codebook.find import find_codebook
from hrcode.codebook.load import parse_codebook
from hrcode.codebook.model import Codebook
from hrcode.coding.again import program_hash
from hrcode.coding.code import check_settings
from hrcode.coding.engines import Engines
from hrcode.errors import RunError
from hrcode.files import read_text
from hrcode.language.pipeline import versions
from hrcode.schema import Unit
from hrcode.transcripts.conventions import Conventions
from hrcode.transcripts.sampling import Sampling


@dataclass(frozen=True)
class Job:
    """A codebook and settings.

    Args:
        codebook_text (str): The codebook's YAML text.
        codebook_path (str): Where it was read from, for messages.
        codebook_sha256 (str): Hash of the text.
        language (str): Language code of transcripts that do not say theirs.
        unit (str): Unit of analysis.
        group_by (str): Attribute that makes the groups.
        participants (str): Participants table; empty for none.
        conventions (Conventions): How the study writes its transcripts.
        sampling (Sampling): What the study settles about its participants.
        columns (Mapping[str, str]): Other names of the columns of a table of turns.
        prefilter (bool): Whether sentences in which an indicator cannot match are left out first.
        installed (Mapping[str, str]): Versions that results depend on, as they are where the run was
            started.
    """

    codebook_text: str
    codebook_path: str
    codebook_sha256: str
    language: str
    unit: Unit = "sentence"
    group_by: str = "group"
    participants: str = ""
    conventions: Conventions = Conventions()  # noqa: RUF009 (it cannot be changed)
    sampling: Sampling = Sampling()  # noqa: RUF009 (it cannot be changed)
    columns: Mapping[str, str] = field(default_factory=dict)
    prefilter: bool = True
    installed: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Hash of all that decides on the results, but for the archive itself."""
        said = json.dumps([FORMAT, asdict(self)], sort_keys=True, default=_in_order)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def engines(self) -> Engines:
        """The codebook ready to run, made once in each process."""
        return _engines(self.codebook_text, self.codebook_path, self.codebook_sha256, self.prefilter)


def _in_order(value: Any) -> Any:
    """Write what JSON does not know so that it is the same in every process."""
    return sorted(value) if isinstance(value, frozenset) else repr(value)


def make_job(codebook: Codebook, **settings: Any) -> Job:
    """Make a job of a codebook.

    Args:
        codebook (Codebook): What `load_codebook` gave.
        **settings (Any): Further fields of `Job`; ``language`` is by default the codebook's.

    Returns:
        Job: The job, with the versions of this machine.

    Raises:
        StudyError: When there is no such unit.
        LanguageError: When there is no such language.
    """
    language = settings.pop("language", None) or codebook.language
    check_settings(settings.get("unit", "sentence"), language)
    text = read_text(find_codebook(codebook.path), error=RunError)
    return Job(text, codebook.path, codebook.sha256, language, **settings, installed=installed(language))


def installed(language: str) -> dict[str, str]:
    """Name the versions that results depend on, as they are in this process."""
    return {"hrcode": f"{__version__} ({program_hash()[:8]})", **versions(language)}


def check_installed(job: Job, where: str) -> None:
    """Refuse to work with other versions than those of the machine where the run was started.

    Args:
        job (Job): The job.
        where (str): This machine, for the message.

    Raises:
        RunError: When versions differ, with both.
    """
    here = installed(job.language)
    if here != job.installed:
        names = [name for name in {**here, **job.installed} if here.get(name) != job.installed.get(name)]
        told = "; ".join(f"{n} {here.get(n, 'none')}, not {job.installed.get(n, 'none')}" for n in names)
        raise RunError(f"{where}: has {told}. Install the same versions there and here.")


@functools.lru_cache(maxsize=1)
def _engines(text: str, path: str, sha256: str, prefilter: bool) -> Engines:
    book, faults = parse_codebook(text, path)
    if book is None:
        raise RunError(f"{path}: cannot be used.", faults)
    if book.sha256 != sha256:
        raise RunError(f"{path}: arrived as another codebook ({book.sha256[:12]}, not {sha256[:12]}).")
    return Engines(book, prefilter=prefilter)
