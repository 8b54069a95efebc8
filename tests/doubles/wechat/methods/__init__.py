"""The paths that the double knows, and what each of them does."""

from tests.doubles.wechat.methods import accounts, publishing, saying

METHODS = {
    path: method for module in (accounts, publishing, saying) for path, method in module.METHODS.items()
}
