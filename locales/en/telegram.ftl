# What only Telegram shows: buttons by which the phone itself gives something.
telegram-share-contact = 📱 Share my number
telegram-share-place = 📍 Share my location
