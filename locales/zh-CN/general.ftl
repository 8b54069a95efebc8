# 处处用到的话
welcome-customer = 您好，欢迎来到{ $company }！约服务、改时间、查进度、问价格，直接打字，或者选一项：
welcome-worker = 您好！这里能看到您接下来的上门安排。
welcome-staff = 您好！这里能看到谁在等客服、哪些预约等着确认。
greeting-told = 您好，这里是{ $company }。想约什么服务，直接告诉我就好，比如“周六上午日常保洁3小时”。
thanks-told = 不客气，有需要随时叫我。
menu-ask = 想办点什么？
menu-while-form = 好的。您刚才填的还留着，回复“继续”就能接着填；也可以先看看别的：
not-understood = 没太看懂。可以说“周六上午日常保洁3小时”，或者选一项：
not-understood-person = 抱歉，还是没看懂。要不要请客服来帮您？选“找客服”就行；也可以选一项：
not-for-you = 这个我这边办不了，下面这些可以：
help-outside = 您可以直接打字告诉我：约服务、改时间、取消、到哪了、多少钱。急事请打 { $phone }。
language-name = 中文
language-now = 好的，接下来用中文。

again-choice = 没对上，请选一项，或者回复它的序号、名字。
again-text = 没看懂，请换个说法再发一次。
again-stuck = 没关系，举个例子：{ $example } 也可以选“找客服”。
change-ask = 要改哪一项？
change-line = { $label }：{ $value }
change-or-cancel = 好的，先不下单。要改哪一项？不想要了就选“取消”。
choice-picked = ✓ { $label }
value-said = { $value }
value-none = 无
value-yes = 有
value-no = 没有

way-skip = 跳过
way-back = 上一步
way-enough = 就这些
way-none = 都不要
way-person = 找客服
way-cancel = 取消
way-change = 修改
way-keep = 不改了

form-still-here = 刚才的还没填完，接着来：
form-welcome-back = 欢迎回来！刚才的还没填完，接着来：
form-resumed = 回到刚才没填完的：
form-cancelled = 好的，已取消这次填写，没有下单，也不会收费。
form-restarted = 好的，从头来。
back-first = 这已经是第一步了。
cannot-skip = 这一项需要您告诉我，没有它没法安排。
help-form = 比如：{ $example }

stale-question = 这个按钮是之前的，那一步已经处理好了。现在是这一步：
stale-done = 这一步已经处理好了，现在的情况是：
stale-menu = 这个按钮是之前的，已经不能用了。现在可以：
offer-gone = 这一项现在选不了了，请重新选：

error-unsupported = 收到了，不过这种消息我还看不了，麻烦打字告诉我。
error-unsupported-contact-of-another = 这张名片不是您本人的。请点按钮发送您自己的号码，或者直接把号码打出来。
error-unsupported-photo-lost = 图片没收到，可能是网络断了一下，麻烦过一分钟再发一次。
error-unsupported-photo-refused = 这张图片我存不了（太大，或者不是常见的图片格式）。请换一张，或者用文字说一下。
error-unsupported-voice-lost = 语音没收到，可能是网络断了一下，麻烦过一分钟再发一次，或者打字告诉我。
error-voice = 语音已经存好，但我还听不懂，麻烦打字告诉我。
media-kept = 您发来的照片和语音只用来为您服务，{ $days } 天后自动删除；想早点删，说“删掉我的照片”就行。
media-none = 我这里没有您的照片或语音，不用删。
media-sure = 要把您发过的照片和语音（共 { $count } 个）都删掉吗？删了就找不回来了。要删请点下面的按钮，或者只回一句“删掉我的照片”。
media-taken-back = 好的，您发过的照片和语音（共 { $count } 个）都删掉了，谁也看不到了。
error-empty = 收到一条空消息，请把要说的打出来。
error-too-long = 这段有 { $length } 个字，太长了，请用 { $most } 个字以内说重点。已经替您存好了。
error-not-now = 收到了，已经存好。想办点什么呢？
error-ours = 抱歉，我们这边出了点问题，您的消息已经收好，客服会看到并联系您。急事请打 { $phone }。
error-no-such-number = 只有 1 到 { $most }，请再选一次。
error-rule = 这样不行，请换一个。

person-waiting = 已经转给客服了，会有人在这里回复您。急事请打 { $phone }。等的时候我还在，可以继续。
person-alarm = 已经马上转给负责的同事，会有人尽快联系您。人身安全有危险请先打 110 或 120；我们的电话 { $phone }，随时可打。
person-not-for-you = 请直接打公司电话 { $phone }。

day-today = 今天 { $day }
day-tomorrow = 明天 { $day }
day-after-tomorrow = 后天 { $day }
day-and-window = { $day } { $window }
in-now = 现在
in-minutes = { $minutes } 分钟后
in-hours = 约 { $hours } 小时后
in-days = { $days } 天后
duration = { $hours } 小时

unit-hour = { $count } 小时
unit-square-metre = { $count } ㎡
unit-item = { $count } 台
unit-room = { $count } 间
unit-bed = { $count } 张床
unit-meal = { $count } 餐
unit-half-day = { $count } 个半天
unit-day = { $count } 天
unit-month = { $count } 个月
per-hour = 小时
per-square-metre = ㎡
per-item = 台
per-room = 间
per-bed = 张床
per-meal = 餐
per-half-day = 半天
per-day = 天
per-month = 月
price-each = { $price }/{ $unit }

family-cleaning = 保洁
family-appliances = 家电清洗
family-household = 收纳做饭
family-care = 照护陪伴

wechat-menu-more = 更多
go-booking = 预约服务
go-booking-again = 再来一单
go-booking-this = 预约{ $name }
go-visits = 我的预约
go-visit = 查看
go-progress = 到哪了
go-prices = 价格
go-profile = 我的资料
go-person = 找客服
go-moving = 改时间
go-cancelling = 取消预约
go-naming = 改称呼
go-phoning = 改电话
go-addressing = 添加地址
go-forgetting = 删除地址
go-household = 改家里情况
go-wishing = 师傅心愿
go-erasing = 确认删除
go-link = 换个渠道
go-linking = 我有绑定码
go-round = 我的上门安排
go-desk = 待办
go-requests = 处理待确认
form-noted = 记下了：{ $values }。
list-mark = ；
form-noted-later = 这个先记着，一会儿就用上。

# 征得同意后的提醒
consents-offer = 想让我们到时候提醒您吗？点这里允许，允许一次提醒一次：{ $page }
consents-thanks = 好的，记下了！现在可以提醒您 { $count } 次，到时候会告诉您。
