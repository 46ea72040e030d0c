from sympy.core.basic import Atom
class Str(Atom):
    def __new__(cls, name: str) -> Str: ...
    name: str
