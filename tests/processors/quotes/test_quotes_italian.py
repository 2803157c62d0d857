"""Speech in Italian by the order of words. The sentences are ours."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

SAID = [
    ("«Apriremo il ponte a maggio», ha detto Marta Ricci.", "Apriremo il ponte a maggio", "Marta Ricci"),
    (
        "“Apriremo il ponte a maggio”, ha dichiarato la ministra Marta Ricci.",
        "Apriremo il ponte a maggio",
        "la ministra Marta Ricci",
    ),
    (
        '"Apriremo il ponte a maggio", afferma il sindaco di Dorna, Paolo Conti.',
        "Apriremo il ponte a maggio",
        "Paolo Conti",
    ),
    ("Ricci ha aggiunto: «Apriremo il ponte a maggio».", "Apriremo il ponte a maggio", "Ricci"),
    ("Il sindaco, Paolo Conti, ha detto che il ponte resterà chiuso.", "che il ponte resterà chiuso", "Paolo Conti"),
    ("Marta Ricci ha affermato che il ponte resterà chiuso.", "che il ponte resterà chiuso", "Marta Ricci"),
    ("Secondo la polizia, il ponte resterà chiuso oggi.", "il ponte resterà chiuso oggi", "la polizia"),
    ("Secondo Marta Ricci, sindaca di Dorna, il ponte resterà chiuso.", "il ponte resterà chiuso", "Marta Ricci"),
    ("Secondo quanto riferito dalla polizia, il ponte resterà chiuso oggi.", "il ponte resterà chiuso oggi", "polizia"),
    ("Secondo quanto riferito da Marta Ricci, il ponte resterà chiuso.", "il ponte resterà chiuso", "Marta Ricci"),
    (
        "Il ponte resterà chiuso, secondo quanto ha detto il sindaco Paolo Conti.",
        "Il ponte resterà chiuso",
        "il sindaco Paolo Conti",
    ),
    ("Per Marta Ricci, economista, «lo sciopero continuerà».", "lo sciopero continuerà", "Marta Ricci"),
    ("A detta di Marta Ricci, il piano è già fallito.", "il piano è già fallito", "Marta Ricci"),
    (
        "«Nessuno ci ha chiesto il permesso», si lamenta Luigi Prato, pescatore.",
        "Nessuno ci ha chiesto il permesso",
        "Luigi Prato",
    ),
    ("«Non dormiamo da tre giorni», racconta tra le lacrime Anna Leone.", "Non dormiamo da tre giorni", "Anna Leone"),
    (
        "«Il ponte non è sicuro», ha detto all'Ansa l'ingegnere Paolo Conti.",
        "Il ponte non è sicuro",
        "l'ingegnere Paolo Conti",
    ),
    (
        "«Il ponte non è sicuro», ha spiegato ieri il prefetto Paolo Conti.",
        "Il ponte non è sicuro",
        "il prefetto Paolo Conti",
    ),
    (
        "«Il ponte non è sicuro», ha assicurato lunedì la ministra Marta Ricci.",
        "Il ponte non è sicuro",
        "la ministra Marta Ricci",
    ),
    (
        "In una nota il Comune ha fatto sapere che il ponte riaprirà a maggio.",
        "che il ponte riaprirà a maggio",
        "il Comune",
    ),
    ("Il governo ha annunciato ieri che il ponte riaprirà a maggio.", "che il ponte riaprirà a maggio", "Il governo"),
    (
        "«Bisogna riparare il ponte», sostiene il sindacalista Paolo Conti.",
        "Bisogna riparare il ponte",
        "il sindacalista Paolo Conti",
    ),
    ("Lei ha detto che il ponte sarebbe rimasto chiuso.", "che il ponte sarebbe rimasto chiuso", "Lei"),
    ("«Il ponte sarà la nostra priorità», ha detto lui.", "Il ponte sarà la nostra priorità", "lui"),
    ("«Il ponte è vecchio», ha ammesso l'assessore ai Trasporti, Rocco Mele.", "Il ponte è vecchio", "Rocco Mele"),
    (
        "«Il ponte è vecchio», ha ammesso il ministro dell'Interno Rocco Mele.",
        "Il ponte è vecchio",
        "il ministro dell'Interno Rocco Mele",
    ),
    ("– Non firmeremo nulla – disse Marta Ricci all'uscita.", "Non firmeremo nulla", "Marta Ricci"),
    (
        "—Chi paga tutto questo? —chiese la consigliera Marta Ricci.",
        "Chi paga tutto questo?",
        "la consigliera Marta Ricci",
    ),
    ("Paolo Conti aveva detto che il ponte era sicuro.", "che il ponte era sicuro", "Paolo Conti"),
    ("«È andata bene», scherza l'allenatore Rocco Mele.", "È andata bene", "l'allenatore Rocco Mele"),
    ("Per il sindaco Paolo Conti, «il ponte è una vergogna».", "il ponte è una vergogna", "il sindaco Paolo Conti"),
    ("Stando a Marta Ricci, il ponte resterà chiuso.", "il ponte resterà chiuso", "Marta Ricci"),
    ("«Il ponte non reggerà», avverte Paolo Conti.", "Il ponte non reggerà", "Paolo Conti"),
    # what reading news has shown to go wrong
    ("Marta Ricci ha chiuso il ponte e ha detto che mancano i soldi.", "che mancano i soldi", "Marta Ricci"),
    ("Paolo Conti, che difende Anna Leone, ha detto che il ponte è sicuro.", "che il ponte è sicuro", "Paolo Conti"),
    ("Il ponte è chiuso, come ha spiegato ieri il sindaco Paolo Conti.", "Il ponte è chiuso", "il sindaco Paolo Conti"),
]


@pytest.mark.parametrize(("text", "said", "speaker"), SAID)
def test_speech_is_found_by_the_order_of_words(find: Find, text: str, said: str, speaker: str) -> None:
    (quote,) = find(text, "it", parse=False)
    assert text[quote.start : quote.end] == said
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Il sindaco non ha detto se il ponte resterà chiuso.",
        "Nessuno ha detto che il ponte fosse sicuro per i camion.",
        "Marta Ricci non ha voluto dire quando riaprirà il ponte.",
        "Nessun ministro ha affermato che il ponte fosse sicuro.",
        "Il film «Un'estate senza pioggia» esce mercoledì.",
        "Il cosiddetto «ponte vecchio» si trova a Dorna.",
        "Il ponte è stato aperto a maggio e si trova vicino al fiume.",
        "Lei crede che il ponte riaprirà a maggio?",
        "Ricci proverà a spiegare perché il ponte è chiuso.",
        "Nel secondo turno il candidato del governo ha perso a Dorna.",
        "Il ministro, Rocco Mele, ha commentato il piano del ponte.",
    ],
)
def test_what_nobody_said_is_no_quote(find: Find, text: str) -> None:
    assert find(text, "it", parse=False) == ()


@pytest.mark.parametrize(
    ("text", "pieces", "speaker"),
    [
        ("«Il ponte», ha spiegato Anna Leone, «non è sicuro».", ["Il ponte", "non è sicuro"], "Anna Leone"),
        ("«Il ponte - ha spiegato Anna Leone - non è sicuro».", ["Il ponte", "non è sicuro"], "Anna Leone"),
        (
            "«Il ponte – ha spiegato la ministra Anna Leone – non è sicuro».",
            ["Il ponte", "non è sicuro"],
            "la ministra Anna Leone",
        ),
        ("—Non firmiamo —disse Ricci—. Il ponte è vecchio.", ["Non firmiamo", "Il ponte è vecchio."], "Ricci"),
    ],
)
def test_what_is_interrupted_has_one_speaker(find: Find, text: str, pieces: list[str], speaker: str) -> None:
    found = find(text, "it", parse=False)
    assert [text[one.start : one.end] for one in found] == pieces
    assert {one.speaker.text for one in found if one.speaker} == {speaker}
