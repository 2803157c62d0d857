"""Speech in Portuguese, of Brazil and of Portugal, by the order of words. The sentences are ours."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

SAID = [
    ("“Vamos abrir a ponte em maio”, disse Marta Rocha.", "Vamos abrir a ponte em maio", "Marta Rocha"),
    (
        "«Vamos abrir a ponte em maio», afirmou a ministra Marta Rocha.",
        "Vamos abrir a ponte em maio",
        "a ministra Marta Rocha",
    ),
    (
        '"Vamos abrir a ponte em maio", declarou o prefeito de Dorna, João Pires.',
        "Vamos abrir a ponte em maio",
        "João Pires",
    ),
    ("Rocha acrescentou: “Vamos abrir a ponte em maio”.", "Vamos abrir a ponte em maio", "Rocha"),
    (
        "O presidente da câmara, João Pires, disse que a ponte vai continuar fechada.",
        "que a ponte vai continuar fechada",
        "João Pires",
    ),
    (
        "Marta Rocha afirmou que a ponte continuará fechada até maio.",
        "que a ponte continuará fechada até maio",
        "Marta Rocha",
    ),
    ("Segundo a polícia, a ponte vai continuar fechada hoje.", "a ponte vai continuar fechada hoje", "a polícia"),
    ("De acordo com Marta Rocha, a ponte vai continuar fechada.", "a ponte vai continuar fechada", "Marta Rocha"),
    (
        "De acordo com o prefeito João Pires, ninguém ficou ferido na queda.",
        "ninguém ficou ferido na queda",
        "o prefeito João Pires",
    ),
    (
        "A ponte vai continuar fechada, segundo informou o vereador João Pires.",
        "A ponte vai continuar fechada",
        "o vereador João Pires",
    ),
    (
        "A ponte vai continuar fechada, conforme explicou a engenheira Marta Rocha.",
        "A ponte vai continuar fechada",
        "a engenheira Marta Rocha",
    ),
    ("Para Marta Rocha, economista, “a greve vai continuar”.", "a greve vai continuar", "Marta Rocha"),
    ("Na opinião de Marta Rocha, «o plano já falhou».", "o plano já falhou", "Marta Rocha"),
    ("— Não vamos assinar nada — disse Marta Rocha à saída.", "Não vamos assinar nada", "Marta Rocha"),
    ("— Quem paga isto? — perguntou a vereadora Marta Rocha.", "Quem paga isto?", "a vereadora Marta Rocha"),
    ("—Não temos medo —gritou Carla Souto.", "Não temos medo", "Carla Souto"),
    ("“Ninguém nos pediu licença”, queixou-se Luís Prado, pescador.", "Ninguém nos pediu licença", "Luís Prado"),
    ("“Não dormimos há três dias”, conta entre lágrimas Ana Lopes.", "Não dormimos há três dias", "Ana Lopes"),
    (
        "“A ponte não é segura”, disse à Lusa o engenheiro João Pires.",
        "A ponte não é segura",
        "o engenheiro João Pires",
    ),
    (
        "“A ponte não é segura”, disse nesta segunda-feira (12) o prefeito João Pires.",
        "A ponte não é segura",
        "o prefeito João Pires",
    ),
    (
        "«A ponte não é segura», garantiu na terça-feira a ministra Marta Rocha.",
        "A ponte não é segura",
        "a ministra Marta Rocha",
    ),
    ("“A ponte não é segura”, João Pires disse aos jornalistas.", "A ponte não é segura", "João Pires"),
    (
        "Em nota, a prefeitura informou que a ponte será reaberta em maio.",
        "que a ponte será reaberta em maio",
        "a prefeitura",
    ),
    ("O governo anunciou ontem que a ponte será reaberta em maio.", "que a ponte será reaberta em maio", "O governo"),
    (
        "“Temos de reparar a ponte”, defende o sindicalista João Pires.",
        "Temos de reparar a ponte",
        "o sindicalista João Pires",
    ),
    ("Ela disse que a ponte continuaria fechada até maio.", "que a ponte continuaria fechada até maio", "Ela"),
    ("“A ponte será nossa prioridade”, disse ele.", "A ponte será nossa prioridade", "ele"),
    ("“A ponte ficou velha”, admitiu o secretário dos Transportes, Rui Matos.", "A ponte ficou velha", "Rui Matos"),
    ("“A ponte ficou velha”, lamenta-se Rui Matos.", "A ponte ficou velha", "Rui Matos"),
    (
        "Segundo informações da Polícia Civil, ninguém ficou ferido na queda.",
        "ninguém ficou ferido na queda",
        "informações da Polícia Civil",
    ),
    ("João Pires tinha dito que a ponte era segura.", "que a ponte era segura", "João Pires"),
    ("“Foi por pouco”, ironizou o treinador Rui Matos.", "Foi por pouco", "o treinador Rui Matos"),
    # what reading news has shown to go wrong
    ("Questionado sobre a obra, Rocha tentou sorrir e disse que não há dinheiro.", "que não há dinheiro", "Rocha"),
    ("Segundo o Instituto do Rio, da Universidade de Dorna, a ponte é velha.", "a ponte é velha", "o Instituto do Rio"),
    ("O governo fechou a ponte, alegando que ela é velha.", "que ela é velha", "O governo"),
    (
        "“Acho que, se houver maioria, Dorna terá a ponte”, disse Rui Matos.",
        "Acho que, se houver maioria, Dorna terá a ponte",
        "Rui Matos",
    ),
    ("Marta Rocha fechou a ponte e afirmou que não há dinheiro.", "que não há dinheiro", "Marta Rocha"),
    ("O prefeito de Dorna fechou a ponte e disse que não há dinheiro.", "que não há dinheiro", "O prefeito de Dorna"),
    ("João Pires, que defende Ana Lopes, disse que a ponte é segura.", "que a ponte é segura", "João Pires"),
    ("A obra começou em 2015. O Exército afirma que a ponte é segura.", "que a ponte é segura", "O Exército"),
]


@pytest.mark.parametrize(("text", "said", "speaker"), SAID)
def test_speech_is_found_by_the_order_of_words(find: Find, text: str, said: str, speaker: str) -> None:
    (quote,) = find(text, "pt", parse=False)
    assert text[quote.start : quote.end] == said
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


@pytest.mark.parametrize(
    "text",
    [
        "O prefeito não disse se a ponte vai continuar fechada.",
        "Ninguém disse que a ponte era segura para os caminhões.",
        "Marta Rocha não quis dizer quando a ponte vai abrir.",
        "Nenhum ministro afirmou que a ponte era segura.",
        "O filme “Um verão sem chuva” estreia na quarta-feira.",
        "A chamada “ponte velha” fica em Dorna.",
        "A ponte foi aberta em maio e fica perto do rio.",
        "O senhor acredita que a ponte será aberta em maio?",
        "São estas as ideias que eles defendem e o que pode mudar na cidade.",
        "Rocha vai tentar explicar por que a ponte está fechada.",
        "No segundo turno, o candidato do governo perdeu em Dorna.",
        "O ministro das Obras, Rui Matos, comentou o plano da ponte.",
        "O resultado garante um segundo turno que será no domingo.",
    ],
)
def test_what_nobody_said_is_no_quote(find: Find, text: str) -> None:
    assert find(text, "pt", parse=False) == ()


@pytest.mark.parametrize(
    ("text", "pieces", "speaker"),
    [
        ("“A ponte”, explicou Ana Lopes, “não é segura”.", ["A ponte", "não é segura"], "Ana Lopes"),
        (
            "«A ponte, explicou a ministra Ana Lopes, não é segura.»",
            ["A ponte", "não é segura."],
            "a ministra Ana Lopes",
        ),
        ("— Não vamos assinar — disse Rocha. — A ponte é velha.", ["Não vamos assinar", "A ponte é velha."], "Rocha"),
        ("—Não vamos assinar —disse Rocha—. A ponte é velha.", ["Não vamos assinar", "A ponte é velha."], "Rocha"),
    ],
)
def test_what_is_interrupted_has_one_speaker(find: Find, text: str, pieces: list[str], speaker: str) -> None:
    found = find(text, "pt", parse=False)
    assert [text[one.start : one.end] for one in found] == pieces
    assert {one.speaker.text for one in found if one.speaker} == {speaker}
