# What the terminal itself says, and how to choose where there are no buttons.
console-number-hint = 回复数字即可选择
console-welcome = { $company }：在终端里和机器人聊天。输入 /help 查看命令，/quit 结束。
console-help = /quit 结束，/buttons 查看上一条消息的按钮，/tap 按钮代码 = 按下那个按钮。其他内容都会发给机器人。
console-no-buttons = 上一条消息没有按钮。
console-tap-what = 请写上按钮代码，例如 /tap menu。用 /buttons 查看。
console-trouble = 刚才没有成功，什么都没有丢，请再发一次。
console-saved = 对话已保存到 { $file }。
console-title = { $who } 的对话，{ $day }
