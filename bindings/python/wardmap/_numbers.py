"""Arguments as numbers: arrays of any library as float64, options as whole numbers and real ones, or an error that names them."""

from __future__ import annotations

import decimal
import numbers
import operator
from typing import Any

import numpy as np
import numpy.typing as npt

from ._errors import InputError, UsageError, about

EXACT = 2**53  # whole numbers beyond are not all float64s
MOST_THREADS = 1024


def _words(dtype: Any) -> str:
    """What an array of this type holds, in words."""
    words = {"c": "complex numbers", "M": "times", "m": "durations", "S": "bytes", "U": "text", "V": "records"}
    return words.get(dtype.kind, str(dtype))


def not_numbers(name: str, what: str) -> InputError:
    return about(InputError, name, f"{name} is not numbers but {what}", "")


def _array(name: str, values: Any) -> npt.NDArray[Any]:
    """What any library calls a column, as NumPy has it; missing cells are NaN, None or pandas.NA."""
    library = type(values).__module__.partition(".")[0]
    if library == "pandas" and hasattr(values, "dtype"):
        if str(values.dtype) == "category":
            values = values.astype(getattr(values, "cat", values).categories.dtype)
        kind = getattr(values.dtype, "kind", "O")
        if kind in "mM":
            raise not_numbers(name, _words(values.dtype))
        if kind in "biuf":
            return np.asarray(values.to_numpy(dtype="float64", na_value=np.nan))
        return np.asarray(values.to_numpy(dtype=object))
    if library == "polars" and hasattr(values, "dtype") and values.dtype.is_numeric():
        return np.asarray(values.cast(float, strict=False).to_numpy())
    if library == "pyarrow" and hasattr(values, "combine_chunks") and values.num_chunks == 1:
        values = values.chunk(0)  # of several chunks one array is made; of one, none
    try:
        return np.asarray(unmasked(values))
    except (TypeError, ValueError):
        raise not_numbers(name, "lists") from None


def unmasked(values: Any) -> Any:
    """What is masked as NaN, or as None where the cells are no numbers; other values as they are."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    kind, nothing = ("float64", np.nan) if values.dtype.kind in "biuf" else ("O", None)
    return np.ma.filled(values.astype(kind), nothing)


def _of_objects(name: str, array: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    kinds = {type(value) for value in array.flat}
    for kind in kinds:
        if issubclass(kind, (numbers.Real, decimal.Decimal, np.bool_, type(None))) or kind.__name__ == "NAType":
            continue
        raise not_numbers(name, "text" if issubclass(kind, str) else f"values of the kind {kind.__name__}")
    if any(kind.__name__ == "NAType" for kind in kinds):
        filled = [None if type(value).__name__ == "NAType" else value for value in array.flat]
        array = np.array(filled, dtype=object).reshape(array.shape)
    try:
        return np.asarray(array, dtype=np.float64)
    except (OverflowError, TypeError, ValueError):
        raise about(InputError, name, f"{name} holds a whole number that is too large", "") from None


def doubles(name: str, values: Any) -> npt.NDArray[np.float64]:
    """Numbers of any shape, library and byte order as float64; no copy where they are that already.

    Raises ``InputError`` of the argument ``name`` for text, times, complex numbers and what else is no number.
    """
    array = _array(name, values)
    if array.dtype.kind == "O":
        return _of_objects(name, array)
    if array.dtype.kind not in "biuf" and array.size:
        raise not_numbers(name, _words(array.dtype))
    return np.asarray(array, dtype=np.float64)


def whole(name: str, value: Any, least: int = 0, most: int = 2**32 - 1) -> int:
    """An option that is a whole number. Raises ``UsageError`` for anything else."""
    try:
        number = operator.index(value)
    except TypeError:
        raise UsageError(f"{name} is {value!r}; give a whole number") from None
    if not least <= number <= most:
        raise UsageError(f"{name} is {number}; give a whole number from {least} to {most}")
    return number


def threads_of(threads: Any) -> int:
    """0 is one a core."""
    try:
        return whole("threads", threads, 0, MOST_THREADS)
    except UsageError as error:
        raise UsageError(f"{error}, or 0 for one a core") from None


def seed_of(seed: Any) -> int:
    return whole("seed", seed, 0, 2**64 - 1)


def real(name: str, value: Any) -> float:
    """An option that is a number. Raises ``UsageError`` for anything else."""
    if not isinstance(value, (str, bytes)):
        try:
            return float(value)
        except (TypeError, ValueError, OverflowError):
            pass
    raise UsageError(f"{name} is {value!r}; give a number")


def word(name: str, value: Any) -> str:
    """An option that is a text; None is "", and the number of a column without a name is that text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return str(value)
    raise UsageError(f"{name} is a {type(value).__name__}; give a text")


def words(name: str, values: Any) -> list[str]:
    """An option that is a text or several."""
    if values is None:
        return []
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        return [word(name, values)]
    return [word(name, value) for value in values]


def exact(cells: npt.NDArray[Any]) -> npt.NDArray[np.float64] | list[str]:
    """Numbers as float64, or as texts where whole numbers among them do not fit: numbers of records, not counts."""
    if cells.dtype.kind in "iu" and cells.size and max(int(cells.max()), -int(cells.min())) > EXACT:
        return [str(cell) for cell in cells.tolist()]
    return np.asarray(cells, dtype=np.float64)
