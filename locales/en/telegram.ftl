# What only Telegram shows: buttons by which the phone itself gives something.
telegram-share-contact = 📱 Share my number
telegram-share-place = 📍 Share my location

# Said beside the conversation: in groups, and to whoever presses what is somebody else's.
telegram-not-yours = That button belongs to somebody else. Write to me yourself, and you get your own.
telegram-private-only = Hello, this is { $company }. I only talk in private: please write to me there.

# What the platform shows beside each command.
telegram-command-book = Book a visit
telegram-command-visits = My visits
telegram-command-where = Where is my cleaner?
telegram-command-prices = What things cost
telegram-command-me = My details
telegram-command-person = Talk to a person
telegram-command-menu = What I can do
telegram-command-help = How this works
telegram-command-cancel = Drop what I am filling in
telegram-command-language = 中文 / English
telegram-command-desk = Who waits for a person
telegram-command-requests = Requests that wait for an answer
telegram-keyboard-gone = All right.
