"""The little language in which a relation says what follows from its operands.

An expression is arithmetic over the operands ``a``, ``b``, ``c`` ... (after ``z`` come ``a1``, ``b1`` ...) in their
base units: ``a / b - 1`` is growth, ``1 - a - b`` what two shares leave. It is evaluated on rounding intervals, so the
answer is every value the printed operands allow. Rules and ``data/claims.csv`` use the same language.

===================  ==================================================================
``a + b`` ``- * /``  interval arithmetic; numbers are exact
``average_growth``   ``average_growth(a, b, 4)``: yearly growth from b to a over 4 years
``between``          ``between(a, b, c)``: anything from the least to the greatest
``place``            ``place(a, b, c)``: the place of a among a, b and c, the greatest being first
===================  ==================================================================
"""

from __future__ import annotations

import ast
import string
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from ecanalysis import metrics
from ecanalysis.errors import EcanalysisError
from ecanalysis.quantity import RATIO, Quantity, join_evidence

Function = Callable[[Sequence[Quantity]], Quantity]

_OPERATORS: dict[type[ast.operator], Callable[[Quantity, Quantity], Quantity]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}

_FUNCTIONS = {"average_growth", "between", "place"}


class ExpressionError(EcanalysisError, ValueError):
    """An expression that is not of the language."""


def letter(position: int) -> str:
    """The name of the operand at a position: a, b, ... z, a1, b1, ...

    Examples
    --------
    >>> letter(0), letter(27)
    ('a', 'b1')
    """
    again, place = divmod(position, len(string.ascii_lowercase))
    return string.ascii_lowercase[place] + (str(again) if again else "")


@cache
def compiled(expression: str) -> Function:
    """Turn an expression into a function of its operands.

    Parameters
    ----------
    expression : str
        See the head of this module.

    Returns
    -------
    callable
        Takes the operands in order, gives a quantity without unit (base units throughout).

    Raises
    ------
    ExpressionError
        If it holds anything but the language above.

    Examples
    --------
    >>> half, fifth = (Quantity(x, x, x, RATIO) for x in (Fraction(1, 2), Fraction(1, 5)))
    >>> compiled("1 - a - b")([half, fifth]).value
    Fraction(3, 10)
    """
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"expression {expression!r}: {error.msg}") from None
    return _node(tree.body, expression)


def operand_count(expression: str) -> int:
    """How many operands an expression needs: one more than the last letter it names.

    Raises
    ------
    ExpressionError
        If it is not of the language.

    Examples
    --------
    >>> operand_count("(a + c) / b")
    3
    """
    compiled(expression)
    names = {node.id for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)}
    return max((_position(name) + 1 for name in names - _FUNCTIONS), default=0)


def _position(name: str) -> int:
    again = name[1:]
    if name[0] not in string.ascii_lowercase or (again and not again.isdigit()):
        raise ExpressionError(f"{name!r} is no operand: allowed are a to z, a1 to z1 and so on")
    return string.ascii_lowercase.index(name[0]) + len(string.ascii_lowercase) * int(again or 0)


def _node(node: ast.expr, expression: str) -> Function:
    match node:
        case ast.BinOp(left, operator, right) if type(operator) in _OPERATORS:
            apply, first, second = _OPERATORS[type(operator)], _node(left, expression), _node(right, expression)
            return lambda values: apply(first(values), second(values))
        case ast.UnaryOp(ast.USub(), inner):
            zero, negated = exact(0), _node(inner, expression)
            return lambda values: zero - negated(values)
        case ast.Constant(int() | float() as number):
            constant = exact(Fraction(str(number)))
            return lambda _: constant
        case ast.Name(name):
            position = _position(name)
            return lambda values: values[position]
        case ast.Call(ast.Name("average_growth"), [last, first_, ast.Constant(int() as years)]):
            end, start = _node(last, expression), _node(first_, expression)
            return lambda values: metrics.average_growth(end(values), start(values), years)
        case ast.Call(ast.Name("between" | "place" as name), [_, *_] as arguments):
            combine, inner_nodes = _COMBINED[name], [_node(argument, expression) for argument in arguments]
            return lambda values: combine([inner(values) for inner in inner_nodes])
    raise ExpressionError(f"expression {expression!r}: {ast.unparse(node)!r} is not of the language")


def exact(number: int | Fraction) -> Quantity:
    """A number that stands for itself alone."""
    value = Fraction(number)
    return Quantity(value, value, value, RATIO)


def _between(quantities: Sequence[Quantity]) -> Quantity:
    low, high = min(q.low for q in quantities), max(q.high for q in quantities)
    return Quantity((low + high) / 2, low, high, RATIO, join_evidence(*quantities))


def _place(quantities: Sequence[Quantity]) -> Quantity:
    ranked, *others = quantities
    return replace(metrics.rank(ranked, others), unit=RATIO)


_COMBINED: dict[str, Callable[[Sequence[Quantity]], Quantity]] = {"between": _between, "place": _place}
