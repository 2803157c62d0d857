"""Whose act an infinitive or participle is, where not that of the subject above it: "led voters to ask", "by saying".

Knows the tree and a few verbs; not what is reported. The term is the control of non-finite verbs in syntax.
"""

from processors.quotes.token_table import FINITE, TokenTable

_LEAVING = "leave leaves left leaving"
_CAUSING = (
    "allow allows allowed allowing",
    "cause causes caused causing",
    "compel compels compelled compelling",
    "drive drives drove driven driving",
    "enable enables enabled enabling",
    "encourage encourages encouraged encouraging",
    "force forces forced forcing",
    "get gets got getting",
    "inspire inspires inspired inspiring",
    "lead leads led leading",
    _LEAVING,
    "move moves moved moving",
    "permit permits permitted permitting",
    "prompt prompts prompted prompting",
    "provoke provokes provoked provoking",
    "push pushes pushed pushing",
    "send sends sent sending",
    "spur spurs spurred spurring",
    "tempt tempts tempted tempting",
)
CAUSING = frozenset(form for forms in _CAUSING for form in forms.split())
"""Verbs whose object does what the infinitive behind it says; with others it is mostly the subject, or an aim."""
LEAVING = frozenset(_LEAVING.split())
"""Of these, those behind which it is a participle as well."""
HIGHEST_CLIMB = 5
"""Verbs climbed at most from "by saying" to the verb that makes the sentence."""


def causee(table: TokenTable, verb: int) -> int | None:
    """The noun of "led many voters to ask", "left some of them wondering", for a verb without a subject of its own."""
    causes = CAUSING if table.lower[verb - 1] == "to" else LEAVING if table.tags[verb] == "VBG" else frozenset()
    head = table.heads[verb]
    if table.lower[head] in causes:
        objects = (kid for kid in table.kids[head] if head < kid < verb and table.deps[kid] in ("dobj", "dative"))
        return next((kid for kid in objects if table.lower[kid] != "it"), None)
    # A parse may take "many voters wondering" for one noun phrase.
    caused = table.lower[table.heads[head]] in causes and table.deps[head] == "dobj" and head < verb
    return head if caused else None


def doer_of_means(table: TokenTable, verb: int) -> int | None:
    """The finite verb over "by saying": who does what it says by saying so, whatever stands between."""
    if table.tags[verb] != "VBG" or table.deps[verb] != "pcomp" or table.lower[table.heads[verb]] != "by":
        return None
    token = table.heads[table.heads[verb]]
    for _ in range(HIGHEST_CLIMB if table.tags[token] in ("VB", "VBG") else 0):
        auxiliaries = (kid for kid in table.kids[token] if kid < token and table.deps[kid] == "aux")
        if table.tags[token] in FINITE or any(table.tags[kid] in FINITE for kid in auxiliaries):
            return token
        token = table.heads[token]
    return None
