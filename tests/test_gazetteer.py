"""Signs of lists and of the whole document, and the embedding layer that reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kcsp_nlp.errors import KcspError
from kcsp_nlp.pipeline.gazetteer import (
    BODY,
    BODY_INSIDE,
    CAPITAL,
    GIVEN,
    NAMED,
    NAMED_INSIDE,
    PERHAPS_BODY,
    PLACE,
    PLACE_INSIDE,
    SURNAME,
    bodies_of,
    find_context,
    set_context,
    signs_of,
)
from kcsp_nlp.registers.name_words import find_places, name_words
from kcsp_nlp.training.base import copy_tok2vec


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kcsp.Tokenizer.v1"}}})


@pytest.mark.parametrize(
    ("text", "word", "has", "lacks"),
    [
        ("Siobhan spoke.", "Siobhan", CAPITAL | GIVEN, PLACE),
        ("Mrs Adeyemi spoke.", "Adeyemi", CAPITAL | SURNAME, BODY),
        ("we may go", "may", 0, CAPITAL | GIVEN | SURNAME),
        ("A van from Wisbech came.", "Wisbech", PLACE, BODY | PERHAPS_BODY),
        ("the sands at Weston-super-Mare", "Mare", PLACE_INSIDE, PLACE),
        ("in milton keynes", "milton", 0, PLACE),
        ("paid to Kent County Council", "Kent", BODY, 0),
        ("paid to Kent County Council", "Council", BODY_INSIDE, BODY),
        ("Refuge wrote to us", "Refuge", PERHAPS_BODY, BODY),
        ("Hoxley Parish Council wrote", "Hoxley", NAMED, BODY),
        ("Hoxley Parish Council wrote", "Council", NAMED_INSIDE, NAMED),
    ],
)
def test_lists_give_signs(nlp: Language, text: str, word: str, has: int, lacks: int) -> None:
    doc = nlp.make_doc(text)
    at = next(token.i for token in doc if token.text == word)
    sign = int(signs_of(doc)[at, 0])
    assert sign & has == has
    assert not sign & lacks


def test_the_document_tells_ordinary_words_and_frequent_names(nlp: Language) -> None:
    doc = nlp.make_doc("Members agreed. Two members left with Pym. Pym, Pym and Pym; Ash")
    second = {token.text: int(sign) for token, (_, sign) in zip(doc, signs_of(doc), strict=True)}
    assert second["Members"] == 2  # small elsewhere
    assert second["Ash"] == 1  # once
    assert second["Pym"] == 5  # four times
    assert second["agreed"] == 0


def test_a_piece_reads_the_context_of_its_document(nlp: Language) -> None:
    whole, piece = (
        nlp.make_doc("The members left. Members stayed."),
        nlp.make_doc("Members stayed."),
    )
    alone = signs_of(piece)[0, 1]
    set_context(piece, find_context(whole))
    assert signs_of(piece)[0, 1] == signs_of(whole)[4, 1] != alone


def test_places_are_found_longest_first_and_across_hyphens() -> None:
    places: dict[str, tuple[tuple[str, ...], ...]] = {
        "stoke": (("stoke", "on", "trent"), ("stoke",))
    }
    words = ["in", "stoke", "-", "on", "-", "trent", "and", "stoke"]
    assert list(find_places(words, places)) == [range(1, 6), range(7, 8)]


def test_lists_hold_what_they_are_for() -> None:
    lists = name_words()
    assert {"siobhan", "kwame", "priya"} <= lists.given
    assert {"smith", "okafor", "patel"} <= lists.surnames
    assert ("king", "s", "lynn") in lists.places["king"] or ("kings", "lynn") in lists.places[
        "kings"
    ]


def test_what_is_kept_with_a_document_can_be_written_by_spacy(nlp: Language) -> None:
    doc = nlp.make_doc("Kent County Council wrote.")
    found = [tuple(each) for each in bodies_of(doc)]
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [tuple(each) for each in bodies_of(again)] == found == [(0, 3, NAMED), (0, 3, BODY)]
    kept = next(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab))
    assert [tuple(each) for each in bodies_of(kept)] == found


def _tagger(embed: dict[str, object]) -> Language:
    nlp = spacy.blank("en")
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 8, "depth": 1}
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 8,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": embed,
            "encode": {**encode, "window_size": 1, "maxout_pieces": 3},
        },
    }
    nlp.add_pipe("ner", config={"model": model}).add_label("ORG")  # type: ignore[attr-defined]
    nlp.vocab.vectors.resize((1, 8))
    nlp.initialize()
    return nlp


def test_a_base_without_signs_keeps_its_weights(tmp_path: Path) -> None:
    tables = {"width": 8, "attrs": ["NORM", "SHAPE"], "rows": [20, 10]}
    plain = {"@architectures": "spacy.MultiHashEmbed.v2", "include_static_vectors": True}
    base = _tagger({**tables, **plain})
    ours = _tagger(
        {
            **tables,
            "@architectures": "kcsp.GazetteerEmbed.v1",
            "include_static_vectors": True,
            "sign_width": 4,
        }
    )
    base.to_disk(tmp_path)
    copy_tok2vec(str(tmp_path))(ours)
    mixed, source = (
        next(
            layer
            for layer in each.get_pipe("ner").model.get_ref("tok2vec").walk()  # type: ignore[attr-defined]
            if layer.name == "maxout"
        ).get_param("W")
        for each in (ours, base)
    )
    assert mixed.shape == (8, 3, 8 * 3 + 2 * 4)
    assert (mixed[..., : source.shape[-1]] == source).all()


def test_a_base_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    plain = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "include_static_vectors": True,
        "width": 8,
    }
    ours = {**plain, "@architectures": "kcsp.GazetteerEmbed.v1", "sign_width": 4}
    _tagger({**plain, "attrs": ["NORM", "SHAPE"], "rows": [20, 10]}).to_disk(tmp_path)
    other = _tagger({**ours, "attrs": ["NORM"], "rows": [20]})
    with pytest.raises(KcspError, match="layers that the configured network lacks"):
        copy_tok2vec(str(tmp_path))(other)


@pytest.mark.parametrize(("vectors", "signs"), [(True, 4), (False, 4), (True, 0), (False, 0)])
def test_the_layer_gives_a_row_per_token(vectors: bool, signs: int) -> None:
    nlp = _tagger(
        {
            "@architectures": "kcsp.GazetteerEmbed.v1",
            "width": 8,
            "attrs": ["NORM"],
            "rows": [10],
            "include_static_vectors": vectors,
            "sign_width": signs,
        }
    )
    doc = nlp("Kent County Council met Ms Adeyemi at Wisbech.")
    rows = nlp.get_pipe("ner").model.get_ref("tok2vec").predict([doc])  # type: ignore[attr-defined]
    assert rows.shape == (len(doc), 8)
