"""The catalogue: every claim and mistake of a package, under its name ``module.variable``.

Nothing is registered: a claim is a module's variable, found by importing the modules of the package.
"""

from __future__ import annotations

import pkgutil
import traceback
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from verify.language import Claim, Mistake

NEAR = 0.75


class CatalogError(Exception):
    """The claims of a package cannot be collected; says which file and line stand in the way."""


class UnknownName(LookupError):
    """No claim, mistake or module has this name; says which names are near."""


@dataclass(frozen=True)
class NamedClaim:
    """A claim and its name."""

    name: str
    claim: Claim


@dataclass(frozen=True)
class NamedMistake:
    """A mistake, its name, and the name of the claim that it is a mistake about."""

    name: str
    of: str
    mistake: Mistake


@dataclass(frozen=True)
class Catalog:
    """Claims and mistakes, in the order of files and of lines."""

    claims: tuple[NamedClaim, ...]
    mistakes: tuple[NamedMistake, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names."""
        return (*(named.name for named in self.claims), *(named.name for named in self.mistakes))

    def select(self, names: tuple[str, ...]) -> Catalog:
        """The claims with these names, or of the modules with these names, and their mistakes; all for no names.

        A mistake may be named too. Raises :class:`UnknownName` for what names nothing.

        >>> Catalog((), ()).select(("affine",))
        Traceback (most recent call last):
        verify.catalog.UnknownName: nothing is called affine; there are no claims
        """
        if not names:
            return self
        for name in names:
            if not any(_chosen(known, (name,)) for known in self.names):
                raise UnknownName(f"nothing is called {name}; {self._near(name)}")
        claims = tuple(named for named in self.claims if _chosen(named.name, names))
        mistakes = tuple(each for each in self.mistakes if _chosen(each.name, names) or _chosen(each.of, names))
        return Catalog(claims, mistakes)

    def _near(self, name: str) -> str:
        if not self.names:
            return "there are no claims"
        modules = dict.fromkeys(known.rpartition(".")[0] for known in self.names)
        near = get_close_matches(name, [*modules, *self.names], n=3, cutoff=NEAR)
        near += [known for known in self.names if get_close_matches(name, [known.rpartition(".")[2]], n=1, cutoff=NEAR)]
        few = list(dict.fromkeys(near))[:3]
        return f"did you mean {' or '.join(few)}?" if few else f"the modules are {', '.join(modules)}"


def find(package: str) -> Catalog:
    """The catalogue of a package, by importing it and all of its modules.

    Raises :class:`CatalogError` if the package is not there, or one of its files cannot be imported.

    >>> find("no_such_package")
    Traceback (most recent call last):
    verify.catalog.CatalogError: there is no package no_such_package to import
    """
    claims: list[NamedClaim] = []
    mistakes: list[NamedMistake] = []
    found = _owned(_modules(package))
    for name, value in found:
        match value:
            case Claim():
                claims.append(NamedClaim(name, value))
            case Mistake():
                of = next((known for known, claim in found if claim is value.of), None)
                if of is None:
                    raise CatalogError(f"{value.at}: the claim that the mistake {name} is about has no name of its own")
                mistakes.append(NamedMistake(name, of, value))
    return Catalog(tuple(claims), tuple(mistakes))


def _modules(package: str) -> list[tuple[str, ModuleType]]:
    """The modules with their names inside the package, in the order of their names."""
    root = _imported(package) if _exists(package) else None
    if root is None:
        raise CatalogError(f"there is no package {package} to import")
    inside = pkgutil.walk_packages(getattr(root, "__path__", ()), f"{package}.")
    names = sorted(info.name for info in inside)
    return [(package, root), *((name.removeprefix(f"{package}."), _imported(name)) for name in names)]


def _exists(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ModuleNotFoundError, ValueError):
        return False


def _imported(module: str) -> ModuleType:
    try:
        return import_module(module)
    except SyntaxError as error:
        raise CatalogError(f"{error.filename}:{error.lineno}: {error.msg}") from error
    except (ArithmeticError, AttributeError, ImportError, LookupError, NameError, TypeError, ValueError) as error:
        raise CatalogError(f"{_where(error, module)}: {error}") from error


def _where(error: BaseException, module: str) -> str:
    """The line of the module itself at which the error arose."""
    spec = find_spec(module)
    file = None if spec is None else spec.origin
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"{module}, line {lines[-1]}" if lines else module


def _owned(modules: list[tuple[str, ModuleType]]) -> list[tuple[str, Claim | Mistake]]:
    """Each claim and mistake once: under its name in the file where it is written, or else where it is met first."""
    met = [
        (f"{name}.{variable}", value, _written_in(module, value))
        for name, module in modules
        for variable, value in vars(module).items()
        if isinstance(value, Claim | Mistake)
    ]
    at_home = {id(value) for _, value, home in met if home}
    owned: list[tuple[str, Claim | Mistake]] = []
    for name, value, home in met:
        if (home or id(value) not in at_home) and not any(value is other for _, other in owned):
            owned.append((name, value))
    return owned


def _written_in(module: ModuleType, value: Claim | Mistake) -> bool:
    return Path(module.__file__ or "").as_posix().endswith(f"/{value.at.path}")


def _chosen(known: str, names: tuple[str, ...]) -> bool:
    """Whether a name is among these, or belongs to a module that is."""
    return any(known == name or known.startswith(f"{name}.") for name in names)
