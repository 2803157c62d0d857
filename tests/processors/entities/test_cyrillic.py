"""Cyrillic names of people: found in any case, and the same person as in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.entities import find_people, search_names
from processors.entities.cyrillic import LANGUAGES, romanise
from processors.entities.entity_id import entity_id


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("ru", "Глава МИД России Сергей Лавров прибыл в Минск.", ["Sergei Lavrov"]),
        ("ru", "Встреча с Ольгой Крыловой и Антоном Белкиным прошла вчера.", ["Olga Krylova", "Anton Belkin"]),
        ("ru", "По словам Игоря Сурина, мост закрыт. Сурину не ответили.", ["Igor Surin", "Igor Surin"]),
        ("ru", "Павел Андреевич Громов открыл музей.", ["Pavel Gromov"]),
        ("ru", "Дома у Виктора Раевского и Юлии Раевской тихо.", ["Viktor Rayevsky", "Yulia Rayevskaya"]),
        ("ru", "Роман Толстого снова в продаже.", []),
        ("ru", "Встреча с Сергеем Шойгу и Евгением Соловьевым.", ["Sergey Shoygu", "Yevgeny Solovyev"]),
        ("uk", "Президент Володимир Зеленський прибув до Львова.", ["Volodymyr Zelenskyy"]),
        ("bg", "Министърът Николай Денков говори.", ["Nikolay Denkov"]),
        ("sr", "Председник Иван Савић је отпутовао.", ["Ivan Savic"]),
        ("ru", "В Нижнем Новгороде открыли Большой Театр.", []),
    ],
)
def test_people_have_their_english_names(language: str, text: str, names: list[str]) -> None:
    found = find_people(text, language)
    assert [one.name for one in found] == names
    assert all(one.text == text[one.start : one.end] for one in found)


@pytest.mark.parametrize("english", ["Sergey Petrovsky", "Sergei Petrovskiy", "Sergei Petrovskii"])
def test_they_are_found_and_known_by_other_spellings(english: str) -> None:
    found = find_people("Сергей Петровский вернулся домой.", "ru")
    assert english in search_names(found)
    assert found[0].id == entity_id("person", english)


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґђјљњћџ", min_size=1), st.sampled_from(LANGUAGES))
def test_nothing_of_a_word_stays_cyrillic(word: str, language: str) -> None:
    assert romanise(word, language).isascii()
