# Said on WeCom only: in the place of the buttons of a card that was answered in words
wecom-card-answered = Answered
