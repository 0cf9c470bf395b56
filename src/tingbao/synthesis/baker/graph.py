"""Making the acoustic model fit for plain LiteRT.

The model was exported with a dropout left on over the embeddings of pitch and energy. It makes
the voice random, and its random numbers (``FlexRandomUniform``) would need all of TensorFlow.
At inference a dropout is the identity, so its operators are cut out: whoever read its output
reads its input. This takes 0.15 s, so it is done in memory, and the file stays as it was pinned.
"""

from __future__ import annotations

from typing import Any

DROPOUTS = ("dropout_55", "dropout_56")
FILE_IDENTIFIER = b"TFL3"


class UnknownModelError(Exception):
    """The model has no such dropouts: it is not the one this surgery is for."""


def without_dropout(model: bytes) -> bytes:
    """The same TFLite model without its two dropouts.

    Raises:
        UnknownModelError: the model is not built as expected.
    """
    from ai_edge_litert import schema_py_generated as schema  # noqa: PLC0415  - heavy, seldom used

    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    for name in DROPOUTS:
        _bypass(tree.subgraphs[0], name)
    builder = schema.flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), FILE_IDENTIFIER)
    return bytes(builder.Output())


def _bypass(graph: Any, dropout: str) -> None:  # noqa: ANN401  - LiteRT's schema has no types
    inside = {_output_name(graph, one): one for one in graph.operators}
    inside = {name: one for name, one in inside.items() if name.startswith(f"{dropout}/")}
    try:
        source = inside[f"{dropout}/dropout/Mul"].inputs[0]
        result = inside[f"{dropout}/dropout/Mul_1"].outputs[0]
    except KeyError as error:
        raise UnknownModelError(f"the model has no operator {error}") from error
    gone = {id(one) for one in inside.values()}
    graph.operators = [one for one in graph.operators if id(one) not in gone]
    for one in graph.operators:
        one.inputs = [source if tensor == result else tensor for tensor in one.inputs]


def _output_name(graph: Any, operator: Any) -> str:  # noqa: ANN401  - as above
    return str(graph.tensors[operator.outputs[0]].name, "utf-8")
