"""The cue lists that hrcode ships beside the English ones: Lithuanian, Swedish, Polish."""

import pytest

from conftest import codebook_dict, cut, make_codebook
from hrcode.coding.engine import Engine
from hrcode.indicators.cue_lists import CUED, shipped_cues

LANGUAGES = ["lt", "pl", "sv"]

# (indicator, sentence, contexts expected with their cue)
LITHUANIAN = [
    # negated
    ("versti", "Mes juos verčiame.", ""),
    ("versti", "Nemanau, kad jie verčia.", "negated: Nemanau"),
    ("versti", "Niekas negali jų versti.", "negated: negali"),
    ("gydytis", "Mes neverčiame jų gydytis.", "negated: neverčiame"),
    ("spręsti", "Ne mes sprendžiame.", "negated: Ne"),
    ("prievarta", "Dirbame be prievartos.", "negated: be"),
    ("spausti", "Jų nereikia spausti.", "negated: nereikia"),
    ("versti", "Versti žmonių negalima.", "negated: negalima"),
    ("padėti", "Nieko ten per visą tą ilgą laiką man padėjo.", ""),
    ("versti", "Nėra nė vieno, kuris verčia.", "negated: Nėra nė vieno, kuris"),
    ("padėti", "Nespaudžiame, padedame.", ""),
    ("padėti", "Nieko nesprendžiame, bet padedame.", ""),
    ("spręsti", "Ne mes, o jie sprendžia.", ""),
    ("spręsti", "Ne, klientas sprendžia.", ""),
    ("spręsti", "Klientas sprendžia, negalima jo versti.", ""),
    ("spausti", "Jis nenorėjo, nes jį spaudžia.", ""),
    ("klausyti", "Ne tik klauso, bet ir padeda.", ""),
    ("klausyti", "Be abejo, klauso.", ""),
    ("klausyti", "Daugiau nei klauso.", ""),
    ("vertinti", "Nepatinka, kad vertina.", ""),
    ("vartoti", "Jis nustojo vartoti.", ""),
    ("padėti", "Niekas nesiskundžia, jiems padedame.", ""),
    # hypothetical
    ("versti", "Jei jie verčia, jis išeina.", "hypothetical: Jei"),
    ("versti", "Jis išeis, jeigu jį vers.", "hypothetical: jeigu"),
    ("padėti", "Gal jie padės.", "hypothetical: Gal"),
    ("padėti", "Jie turėtų padėti.", "hypothetical: turėtų"),
    ("padėti", "Jei lyja, liekame, bet jiems padedame.", ""),
    # reported
    ("tingus", "Viršininkas sako, kad jis tingus.", "reported: sako, kad"),
    ("tingus", "Anot gydytojo, jis tingus.", "reported: Anot"),
    ("tingus", "Jų nuomone jis tingus.", "reported: Jų nuomone"),
    ("tingus", "Jis tingus, sako jie.", "reported: sako jie"),
    ("padėti", "Jie sako visaip, bet aš padedu.", ""),
    ("padėti", "Sakau, kad padedame.", ""),
    ("padėti", "Mano nuomone, padedame.", ""),
    # past
    ("spausti", "Anksčiau mes spaudėme.", "past: Anksčiau"),
    ("spausti", "Kai pradėjau, mes spaudėme.", "past: Kai pradėjau"),
    ("gydytis", "Versdavome juos gydytis.", "past: Versdavome"),
    ("spausti", "Spaudėme prieš daug metų.", "past: prieš daug metų"),
    ("padėti", "Anksčiau laukėme, dabar padedame.", ""),
    ("padėti", "Anksčiau ar vėliau padedame.", ""),
    # several
    (
        "versti",
        "Žmonės sako, kad anksčiau niekas nevertė ar negalėjo versti.",
        "negated: negalėjo; reported: sako, kad; past: anksčiau",
    ),
]

POLISH = [
    # negated
    ("zmuszać", "My ich zmuszamy.", ""),
    ("zmuszać", "Nie zmuszamy ich.", "negated: Nie"),
    ("zmuszać", "Nie sądzę, że zmuszają.", "negated: Nie"),
    ("zmuszać", "Nikt nie może ich zmuszać.", "negated: nie"),
    ("przymus", "Pracujemy bez przymusu.", "negated: bez"),
    ("oceniać", "Unikam tego, żeby oceniać.", "negated: Unikam"),
    ("oceniać", "Nie znam nikogo, kto ocenia.", "negated: Nie znam nikogo, kto"),
    ("zmuszać", "Zmuszać nie wolno.", "negated: nie wolno"),
    ("zmuszać", "Zmuszanie ich nie ma sensu.", "negated: nie ma sensu"),
    ("decydować", "To nie my decydujemy.", "negated: nie"),
    ("decydować", "Klient decyduje, nie wolno go zmuszać.", ""),
    ("decydować", "Nie, klient decyduje.", ""),
    ("słuchać", "Nie oceniamy, słuchamy.", ""),
    ("pomagać", "Nie zmuszamy, tylko pomagamy.", ""),
    ("pomagać", "Nie oceniamy i pomagamy.", ""),
    ("zmuszać", "Nie przyszedł, bo go zmuszali.", ""),
    ("oceniać", "Nie lubię ludzi, którzy oceniają.", ""),
    ("słuchać", "Nie tylko słucha, ale też pomaga.", ""),
    ("oceniać", "Nie podoba mi się, że oceniają.", ""),
    ("decydować", "Nie wiem, kto decyduje.", ""),
    ("zmuszać", "Pomagamy, a nie zmuszamy.", "negated: nie"),
    ("oceniać", "Nie jestem od tego, żeby oceniać.", "negated: Nie"),
    ("pić", "Przestał pić.", ""),
    # hypothetical
    ("zmuszać", "Jeśli go zmuszają, odchodzi.", "hypothetical: Jeśli"),
    ("zmuszać", "Odejdzie, gdyby go zmuszali.", "hypothetical: gdyby"),
    ("pomagać", "Powinni pomagać.", "hypothetical: Powinni"),
    ("pomóc", "Mogliby pomóc.", "hypothetical: Mogliby"),
    ("pomagać", "Jeśli pada, zostajemy, ale im pomagamy.", ""),
    # reported
    ("leniwy", "Szef mówi, że on jest leniwy.", "reported: mówi, że"),
    ("leniwy", "Mówią, że jest leniwy.", "reported: Mówią, że"),
    ("leniwy", "Według nich jest leniwy.", "reported: Według nich"),
    ("leniwy", "Jest leniwy, mówią ludzie.", "reported: mówią ludzie"),
    ("zmuszać", "Policja chce, żebyśmy zmuszali.", "hypothetical: chce; reported: Policja chce, żebyśmy"),
    ("pomagać", "Szef mówi różne rzeczy, ale ja pomagam.", ""),
    ("pomagać", "Mówię, że pomagamy.", ""),
    # past
    ("zmuszać", "Kiedyś zmuszaliśmy.", "past: Kiedyś"),
    ("zmuszać", "Kiedy zaczynałam, zmuszaliśmy ich.", "past: Kiedy zaczynałam"),
    ("zmuszać", "W mojej poprzedniej pracy zmuszali ich.", "past: W mojej poprzedniej pracy"),
    ("zmuszać", "Zmuszali ich wiele lat temu.", "past: lat temu"),
    ("pomagać", "Kiedyś czekaliśmy, teraz pomagamy.", ""),
]

SWEDISH = [
    # negated
    ("tvinga", "Vi tvingar dem.", ""),
    ("tvinga", "Vi tvingar dem inte.", "negated: inte"),
    ("tvinga", "Vi vill inte tvinga dem.", "negated: inte; hypothetical: vill"),
    ("tvinga", "Ingen får tvinga dem.", "negated: Ingen"),
    ("tvinga", "Vi tvingar ingen.", "negated: ingen"),
    ("tvinga", "Jag tror inte att vi tvingar dem.", "negated: inte att vi"),
    ("tvinga", "Vi hjälper utan att tvinga.", "negated: utan att"),
    ("tvinga", "Det är personer som inte tvingar.", "negated: inte"),
    ("döma", "Jag känner ingen här som dömer.", "negated: ingen här som"),
    ("döma", "Vi undviker att döma.", "negated: undviker"),
    ("döma", "Hon vägrar att döma.", "negated: vägrar"),
    ("tvinga", "Att tvinga är uteslutet.", "negated: är uteslutet"),
    ("hjälpa", "Vi tvingar inte utan hjälper.", ""),
    ("hjälpa", "Vi hjälper dem och tvingar dem inte.", ""),
    ("lyssna", "Vi lyssnar, vi dömer inte.", ""),
    ("lyssna", "Vi dömer inte, vi lyssnar.", ""),
    ("hjälpa", "Vi hjälper dem som inte vill.", ""),
    ("bestämma", "Klienten bestämmer, inte vi.", ""),
    ("bestämma", "Klienten bestämmer, ingen kan tvinga.", ""),
    ("bestämma", "Nej, inte här, klienten bestämmer.", ""),
    ("tvinga", "Han kom inte eftersom vi tvingade honom.", ""),
    ("lyssna", "Hon inte bara lyssnar.", ""),
    ("lyssna", "Ingen tvekan om att hon lyssnar.", ""),
    ("lyssna", "Jag vet inte om hon lyssnar.", "hypothetical: om hon"),
    ("döma", "Jag är inte här för att döma.", "negated: inte"),
    ("bestämma", "Det är inte jag som bestämmer.", "negated: inte jag som"),
    ("hjälpa", "När de inte orkar hjälper vi dem.", ""),
    ("knarka", "Han slutade knarka.", ""),
    # hypothetical
    ("tvinga", "Om vi tvingar honom går han.", "hypothetical: Om vi"),
    ("tvinga", "Han går om vi tvingar honom.", "hypothetical: om vi"),
    ("hjälpa", "De borde hjälpa honom.", "hypothetical: borde"),
    ("hjälpa", "Kanske hjälper de honom.", "hypothetical: Kanske"),
    ("hjälpa", "Vi pratar om det och hjälper.", ""),
    ("hjälpa", "Om det regnar stannar vi, men vi hjälper.", ""),
    # reported
    ("lat", "Min chef säger att han är lat.", "reported: chef säger"),
    ("lat", "De tycker alltid att han är lat.", "reported: De tycker"),
    ("lat", "Enligt polisen är han lat.", "reported: Enligt"),
    ("lat", "Han är lat, säger de.", "reported: säger de"),
    ("hjälpa", "De säger mycket, men jag hjälper.", ""),
    ("hjälpa", "Jag säger att vi hjälper.", ""),
    # past
    ("tvinga", "Förr tvingade vi dem.", "past: Förr"),
    ("tvinga", "När jag började tvingade vi dem.", "past: När jag började"),
    ("tvinga", "På mitt gamla jobb tvingade de folk.", "past: På mitt gamla jobb"),
    ("tvinga", "Vi tvingade dem för många år sen.", "past: för många år sen"),
    ("hjälpa", "Förr väntade vi, men nu hjälper vi.", ""),
]

CASES = [
    pytest.param(language, *case, id=f"{language}: {case[1]}")
    for language, cases in [("lt", LITHUANIAN), ("pl", POLISH), ("sv", SWEDISH)]
    for case in cases
]
ALL = {"negated": "any"}


def engine(indicator, language, **conditions):
    """An engine with one indicator of a language."""
    rules = {"c/s": [{"phrase": indicator, **conditions}]}
    return Engine(make_codebook(codebook_dict(rules, language=language)), language)


@pytest.mark.parametrize(("language", "indicator", "sentence", "expected"), CASES)
def test_cues_tell_the_contexts_of_a_sentence(language, indicator, sentence, expected):
    found = list(engine(indicator, language, **ALL).find(cut(sentence, language)))

    assert [expected] == [piece.context for piece in found]


@pytest.mark.parametrize(("language", "indicator", "sentence", "expected"), CASES)
def test_cues_of_negation_hold_an_indicator_back(language, indicator, sentence, expected):
    found = list(engine(indicator, language).find(cut(sentence, language)))

    negated = expected.startswith("negated: ")
    assert ["negated" if negated else ""] == [piece.reason for piece in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_cues_are_shipped_for_the_four_contexts_in_the_order_of_english(language):
    shipped = shipped_cues(language)

    assert list(CUED) == list(shipped)
    for name, lists in shipped.items():
        assert lists.reach == shipped_cues("en")[name].reach
        assert all([lists.before, lists.after, lists.not_a_cue, lists.ends, lists.comma_before])
