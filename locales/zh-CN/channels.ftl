# 一个人，几个聊天：绑定码
link-told = 绑定码：{ $code }
    请在 { $until } 前，到另一个聊天里对我说“我有绑定码”，再输入这 6 位数字，两边就是同一份资料和预约了。只能用一次，请别告诉别人。
linking-code-label = 绑定码
linking-code-ask = 请输入您在另一个聊天里拿到的 6 位绑定码。还没有的话，在那边说“换个渠道”就有。
linking-code-again = 绑定码是 6 位数字，请再看一下。
linking-code-help = “482913”。在另一个聊天里说“换个渠道”就能拿到。
linking-joined-label = 合在一起
linking-joined-ask = 这个聊天里也有资料或预约，会一起归到给您绑定码的那一边。两边都是您本人才选“合在一起”。
linking-joined-help = “合在一起”或“先不合”。
linking-joined-yes = 合在一起
linking-joined-no = 先不合
linking-left = 好的，先不绑定，什么都没变。
linking-done = 认出您了，{ $name }。您的预约都在这里。
linking-done-unnamed = 认出您了。您的预约都在这里。
told-linked = 刚刚有另一个聊天用您的绑定码连到了您名下，以后两边是同一份资料。不是您本人？请马上选“找客服”。
told-proven = 刚刚有人在网页上用您的微信登录，那边的对话已连到您名下，两边是同一份资料。不是您本人？请马上选“找客服”。
proven-not-customer = 这个微信是我们同事的工作账号，不能当作顾客账号来用。需要帮忙请选“找客服”。

binding-wrong = 这个码不对，请再看一眼，还可以试 { $left } 次。
binding-expired = 这个码过期了，请在那边再拿一个新的。
binding-used = 这个码已经用过了，每个码只能用一次，请在那边再拿一个新的。
binding-same = 这个码就是您这里的，请到另一个聊天里输入它。
binding-tries = 试错的次数有点多，先歇一歇，{ $minutes } 分钟后再来。着急的话选“找客服”，同事帮您连上。
binding-two-verified = 两边验证过的手机号不一样，我不敢随便合在一起。请选“找客服”，同事核对后帮您处理。
