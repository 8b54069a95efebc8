# 一个人，几个聊天：绑定码、链接和验证过的手机号
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
told-linked = 刚刚有另一个聊天用您的绑定码或链接连到了您名下，以后两边是同一份资料。不是您本人？请马上选“这不是我”。
link-doors = 不想输码，就在那边打开链接，选“合在一起”。链接也只能用一次，请别转发：
door-telegram = Telegram：{ $link }
door-web = 网页（另一台手机或电脑）：{ $link }
linking-opened-label = 合在一起
linking-opened-ask = 这是从您另一个聊天来的链接。选“合在一起”，这个聊天（连同这里已有的资料和预约）就归到那一边，两边是同一份。链接不是您自己发的，请选“先不合”。
linking-opened-help = “合在一起”或“先不合”。
linking-link-gone = 这个链接不能用了：过了 10 分钟，换了新的，或者没复制全。请在那边说“换个渠道”再拿一个。
linking-link-used = 这个链接已经用过了，每个只能用一次。还要再连一个聊天，请说“换个渠道”再拿一个。
linking-link-same = 这个链接就是从您这里发出的，请到另一个聊天或另一台设备上打开。

uniting-other-label = 另一个聊天
uniting-both-label = 是同一个人
uniting-both-ask = 另一个聊天里也有人验证过这个手机号。那也是您吗？是的话，两边合成一份资料和预约；不是就选“不是我”，什么都不会变，以后也不再问。
uniting-both-help = “都是我”或“不是我”。
uniting-both-yes = 都是我
uniting-both-no = 不是我
uniting-left = 好的，两边还是分开，什么都没变，以后也不再问。以后想合在一起，随时说“换个渠道”。
uniting-nothing = 没有别的聊天用同一个验证过的手机号，什么都没变。
binding-proof-gone = 两边的情况刚刚变了（号码改过，或者已经合在一起），这次没有合并。需要的话，请在另一个聊天里说“换个渠道”，用绑定码连上。
told-united = 刚刚有另一个聊天验证了您的手机号，并连到了您名下，以后两边是同一份资料。不是您本人？请马上选“这不是我”。

mistaken-told = 明白了，已经把 { $reference } 转给同事核对，会有人在这里回复您。核对之前什么都不会动；急事请打 { $phone }。
mistaken-nothing = 最近一天没有别的聊天连到您名下。哪里不对？选“找客服”，同事来看。

# 员工：撤销合并
told-mistaken = { $name }的聊天里有人说这份资料不是自己的（合并 { $reference }），请核对。确实合错了就选“撤销合并”。
told-parted = 您的资料和另一个聊天的已经分开，各自恢复到合并之前。有不对的地方，说“找客服”就行。
proof-code = 绑定码
proof-link = 链接
proof-phone = 验证过的手机号
proof-login = 微信登录
parting-nothing = 没有可以撤销的合并。
parting-line = { $reference } · { $at } · { $name } · { $proof }
parting-merge-label = 合并
parting-merge-ask = 最近的合并，撤销哪一个？
parting-merge-help = 选一个，或者写编号，比如“#12”。
parting-agreed-label = 确认
parting-agreed-ask = 撤销后，两边各自恢复到合并之前；合并以后新增的留在保留的那一边。两边都会收到通知。
parting-agreed-again = 请回复“确认”，或者选“取消”。
parting-agreed-yes = 确认撤销
parting-agreed-help = 选“确认撤销”，或者“取消”。
parting-left = 好的，没有撤销，什么都没变。
parting-card-title = 合并 { $reference }
parting-card-at = 时间
parting-card-proof = 凭什么
parting-card-kept = 保留的
parting-card-given = 并入的
parting-done = 合并 { $reference } 已撤销，两边都收到通知了。
merge-undone = 这个合并之前已经撤销了，不用再撤。
merge-further = 保留的那位后来又并到了别人名下，请先撤销后来的那次，再来撤这次。
told-proven = 刚刚有人在网页上用您的微信登录，那边的对话已连到您名下，两边是同一份资料。不是您本人？请马上选“这不是我”。
proven-not-customer = 这个微信是我们同事的工作账号，不能当作顾客账号来用。需要帮忙请选“找客服”。

binding-wrong = 这个码不对，请再看一眼，还可以试 { $left } 次。
binding-expired = 这个码过期了，请在那边再拿一个新的。
binding-used = 这个码已经用过了，每个码只能用一次，请在那边再拿一个新的。
binding-same = 这个码就是您这里的，请到另一个聊天里输入它。
binding-tries = 试错的次数有点多，先歇一歇，{ $minutes } 分钟后再来。着急的话选“找客服”，同事帮您连上。
binding-two-verified = 两边验证过的手机号不一样，我不敢随便合在一起。请选“找客服”，同事核对后帮您处理。
