"""Other tools' codebooks; a new format is a file with a reader and a writer, and a line here."""

from hrcode.exchange.codebooks.code_list import read_code_list, write_code_list, write_code_workbook
from hrcode.exchange.codebooks.from_hrcode import read_hrcode
from hrcode.exchange.codebooks.liwc import read_liwc, write_liwc
from hrcode.exchange.codebooks.model import Format
from hrcode.exchange.codebooks.quanteda import read_quanteda, write_quanteda
from hrcode.exchange.codebooks.refi import read_refi, write_refi
from hrcode.exchange.codebooks.taguette import read_taguette, write_taguette
from hrcode.exchange.codebooks.to_hrcode import write_hrcode
from hrcode.exchange.codebooks.wordstat import read_wordstat, write_wordstat

FORMATS: dict[str, Format] = {
    "hrcode": Format("hrcode", (".yaml", ".yml"), read_hrcode, write_hrcode, True),
    "refi": Format("REFI-QDA", (".qdc", ".qdpx"), read_refi, write_refi, False),
    "quanteda": Format("quanteda", (".yaml", ".yml"), read_quanteda, write_quanteda, True),
    "liwc": Format("LIWC", (".dic",), read_liwc, write_liwc, True),
    "wordstat": Format("WordStat", (".cat",), read_wordstat, write_wordstat, True),
    "taguette": Format("Taguette", (".csv",), read_taguette, write_taguette, False),
    "codes": Format("code list", (".csv", ".tsv"), read_code_list, write_code_list, True),
    "workbook": Format("workbook with a code list", (".xlsx",), read_code_list, write_code_workbook, True),
}
