# 只在企业微信上出现的话：用文字答过的卡片，按钮换成这个
wecom-card-answered = 已回答
