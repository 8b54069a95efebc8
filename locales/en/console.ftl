# What the terminal itself says, and how to choose where there are no buttons.
console-number-hint = Reply with a number
console-welcome = { $company }: talk to the bot here in the terminal. /help shows the commands, /quit ends.
console-help = /quit ends, /buttons shows the buttons of the last message, /tap CODE presses one. Everything else goes to the bot.
console-no-buttons = The last message had no buttons.
console-tap-what = Say which button, for example /tap menu. /buttons shows them.
console-trouble = That did not work just now. Nothing is lost; please send it again.
console-saved = The talk is saved in { $file }.
console-title = { $who } talks, { $day }
