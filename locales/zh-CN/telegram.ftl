# 只在 Telegram 上出现的话：让手机直接发送的按钮
telegram-share-contact = 📱 发送我的手机号
telegram-share-place = 📍 发送我的位置
