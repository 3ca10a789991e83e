"""Conditions that the course is written with, such as "found > 10 and reading == 'any'".

A small part of Python's expressions, read without running anything: names with dots, numbers,
texts, comparisons, and/or/not, plus and minus.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

ALWAYS = "always"
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def holds(condition: str, values: Mapping[str, object]) -> bool:
    """Whether a condition holds for these values; "always" does.

    A dotted name is looked up as it stands ("avoided.total"). ValueError for anything that is not
    a condition, KeyError for a name that has no value.
    """
    if condition == ALWAYS:
        return True
    try:
        tree = ast.parse(condition, mode="eval")
    except SyntaxError as error:
        raise ValueError(f"not a condition: {condition}") from error
    return bool(_value(tree.body, values))


def _value(node: ast.expr, values: Mapping[str, object]) -> Any:
    match node:
        case ast.Constant(value=int() | float() | str() as found):
            return found
        case ast.Name() | ast.Attribute():
            return values[_name(node)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, values)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(one, values) for one in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_value(one, values) for one in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _value(left, values) + _value(right, values)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _value(left, values) - _value(right, values)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _compared([left, *others], ops, values)
    raise ValueError(f"not part of a condition: {ast.dump(node)}")


def _compared(parts: list[ast.expr], ops: list[ast.cmpop], values: Mapping[str, object]) -> bool:
    found = [_value(one, values) for one in parts]
    pairs = zip(found, ops, found[1:], strict=False)
    if unknown := [one for one in ops if type(one) not in COMPARE]:
        raise ValueError(f"not a comparison of a condition: {type(unknown[0]).__name__}")
    return all(COMPARE[type(op)](left, right) for left, op, right in pairs)


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_name(value)}.{attr}"
    raise ValueError("a name has letters and dots only")
