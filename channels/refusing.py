"""How a command of the program says that it cannot do its work."""


class Refused(Exception):
    """The command cannot do its work; the text tells the person why and what to do."""
