# 只在 Telegram 上出现的话：让手机直接发送的按钮
telegram-share-contact = 📱 发送我的手机号
telegram-share-place = 📍 发送我的位置

# 对话之外说的话：在群里，以及对按了别人按钮的人
telegram-not-yours = 这是别人的按钮。您直接给我发消息，就会有自己的。
telegram-private-only = 您好，这里是{ $company }。我只在私聊里说话，请直接给我发消息。

# 平台在每个命令旁边显示的说明
telegram-command-book = 预约上门服务
telegram-command-visits = 我的预约
telegram-command-where = 服务人员到哪了
telegram-command-prices = 价格
telegram-command-me = 我的资料
telegram-command-person = 转人工
telegram-command-menu = 我能做什么
telegram-command-help = 怎么用
telegram-command-cancel = 放弃正在填写的内容
telegram-command-language = 中文 / English
telegram-command-desk = 谁在等人工
telegram-command-requests = 等待答复的请求
telegram-keyboard-gone = 好的。
