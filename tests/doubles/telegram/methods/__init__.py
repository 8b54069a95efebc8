"""The methods of the Bot API that the double knows, by name in small letters."""

from tests.doubles.telegram.methods import receiving, saying, setting, topics

METHODS = {
    name.lower(): (name, function)
    for module in (receiving, saying, setting, topics)
    for name, function in module.METHODS.items()
}
