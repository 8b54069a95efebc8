given-up-told = 有一条该说的话试了几次都没发出去：{ $kind }（{ $about }），本该 { $due } 说。请看一下要不要打电话告知；同类的今天不再单独提醒。

go-messages = 消息设置
messages-worker = 这里只发工作要用的消息，关掉会误事，所以关不了。{ $peace } 到早上 { $morning } 不打扰您，只有正在进行的上门例外。想休息几天，跟公司说一声，那几天就不派单。
messages-staff = 客户的事和待办要有人接，所以关不了。不在班时说“下班”：等人的客户和新投诉会先找在班的同事，紧急的事除外。
messages-title = 我们会发什么
messages-told = 您想收什么，点一下就改。关怀和优惠只在白天发；{ $peace } 到早上 { $morning }，除了正在进行的上门和安全的事，都不打扰您。
messages-line-service = 上门、投诉、安全
messages-line-care = 关怀提醒（到期、问候）
messages-line-marketing = 优惠消息
messages-line-here = 这个聊天里
messages-line-email = 聊天里看不到时发邮件
messages-line-pace = 多少
messages-line-alone = 不打扰的日子
messages-alone = { $days }（不发关怀和优惠）
messages-line-zone = 您的钟
messages-zone = { $place }，现在 { $now }
messages-footer = 人在别的时区？说“我在新西兰”。哪天不想被打扰？说“周末别打扰我”。
messages-always = 一直会发
messages-on = 收
messages-off = 不收
messages-elsewhere = 收，这个聊天里不收
messages-email-is-on = 发
messages-email-is-off = 不发
messages-email-is-care = 只发关怀
messages-email-is-marketing = 只发优惠
messages-pace-usual = 平常：关怀一周最多 { $care } 条，优惠一周最多 { $offers } 条
messages-pace-fewer = 少一点：关怀和优惠合起来，一个月最多 { $most } 条
messages-pace-digest = 每月 1 号一条小结，别的不发

messages-go-care-off = 不收关怀提醒
messages-go-care-on = 收关怀提醒
messages-go-offers-off = 不收优惠消息
messages-go-offers-on = 收优惠消息
messages-go-fewer = 少发点
messages-go-usual = 照平常发
messages-go-digest = 每月一条小结
messages-go-here-off = 这个聊天里不收
messages-go-here-on = 这个聊天里也收
messages-go-where = 在哪里收
messages-go-mailing = 留个邮箱
messages-go-email-off = 别发邮件
messages-go-email-on = 可以发邮件
messages-go-none = 都不收
messages-cancel-visit = 是想取消预约

messages-care-off = 好的，关怀提醒不发了。上门、投诉和安全的消息照常。
messages-care-on = 好的，积分、套餐快到期会提醒您，一周最多 { $care } 条。
messages-offers-off = 好的，优惠消息不再发。上门、投诉和安全的消息照常。
messages-offers-on = 好的，有优惠告诉您，一周最多 { $offers } 条，只在 { $begins }–{ $ends } 之间。不想收了，回“退订”就行。
messages-none = 好的，优惠和关怀提醒都不发了。只有上门、投诉和安全的消息还会发，免得误事。
messages-here-off = 好的，优惠和关怀提醒不在这个聊天里发。上门、投诉和安全的消息照常。
messages-here-on = 好的，这个聊天里照常发。
messages-where = 在哪里收，点一下就改：
messages-email-never = 我们不用邮件发关怀和优惠。聊天里发不到时，要紧的安排会另想办法告诉您。
messages-email-off = 好的，关怀和优惠不再发邮件。上门安排在聊天里发不到时，还会发到邮箱。
messages-email-on = 好的，聊天里看不到的时候，您要收的关怀和优惠发到邮箱。
messages-email-first = 好的。要发邮件，得先告诉我邮箱，再验证一下。
messages-fewer = 好的，少发点：关怀和优惠合起来，一个月最多 { $most } 条。上门、投诉和安全的消息照常。要不要干脆每月 1 号一条小结？
messages-usual = 好的，照平常发。
messages-digest = 好的，每月 1 号早上 { $digest } 前一条小结，别的不发。上门、投诉和安全的消息照常。

digest-title = 本月小结
digest-told = 新的一个月，您在我们这里的情况都在这儿：
digest-line-visit = 下次上门
digest-line-points = 积分
digest-line-coupons = 优惠券
digest-line-packages = 套餐
digest-points = { $count } 分可用
digest-coupons = { $count } 张可用
digest-packages = 还剩 { $count } 次（小时）

why-visit-near = 提醒客户快上门了
why-visit-ending = 请客户来看成果
why-visit-overdue = 到点没说结束
why-visit-unchecked = 等客户验收到时
why-visit-no-access = 没人开门等够了
why-set-out = 请师傅出发
why-late-watch = 看师傅到了没有
why-visit-observed = 问师傅看到什么
why-rating = 请客户评价
why-relay = 转达客户的话
why-replacing = 换人等客户回话
why-forewarning = 看客户是否不高兴
why-said = { $what }：{ $reason }
why-not-said = { $what }：没发（{ $reason }）
why-done = 说了

go-expected = 到时见
story-expected = 客户说会在
expected-noted = 好的，{ $when } 见。当天上门前 2 小时左右再告诉您一声。
expected-not-yet = 记得的：{ $visit }。这一单还没最后确认，有结果马上告诉您。
expected-nothing = 您现在没有约好的上门。要约一次吗？
unanswered-told = { $count } 位客户没回复上门提醒，请打个电话确认：
unanswered-line = · { $name } { $phone ->
    [none] 没留电话
   *[other] { $phone }
}：{ $visit }
unanswered-more = 还有 { $count } 位，在当天安排里看。
story-reminded = 提醒客户

zone-set = 好的，以后按{ $place }的钟来，您那边现在 { $now }。您休息的时候不打扰，几点答复也说您那边的时间；上门几点还是说家里当地的，都会标明。
zone-home = 好的，还是按我们这边的钟来，现在 { $now }。
zone-shown = 现在按{ $place }的钟来，您那边 { $now }。换了地方，说“我在柏林”这样就行。
zone-shown-home = 现在按我们这边（{ $place }）的钟来，{ $now }。您在别的时区的话，说“我在新西兰”这样就行。
zone-which = 那边有几个时区，您在哪个？
zone-go = { $place } { $now }
zone-go-home = 按你们那边的钟
