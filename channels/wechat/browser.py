"""What our pages must know of WeChat's own browser."""

from starlette.requests import Request


def is_wechat(request: Request) -> bool:
    """Whether a page is opened inside WeChat, as far as the browser tells; WeCom's browser is another."""
    agent = request.headers.get("user-agent", "").lower()
    return "micromessenger" in agent and "wxwork" not in agent
