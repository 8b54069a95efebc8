# 价格、范围、规则、资料，以及对师傅和客服说的话
prices-which = 想看哪一类的价格？
prices-list = 价目如下，选一项看包含什么：
question-gone = 这个问题我请人来答，点下面就行。
prices-ahead = 您约好的上门，费用如下：
prices-ahead-title = 费用
prices-one = { $name }的价格：
price-from = { $each }，最低 { $minimum }
price-example-label = 举例
price-example = { $quantity }共 { $total }（不含加项和时段加价）
scope-which = 想了解哪一类服务？
rules-told = 改时间和取消：前一天 { $hour } 点前（或开始前 24 小时以上）免费；之后收 { $percent }%，最多 { $most }；开始前 { $hours } 小时内或师傅已出发，收 { $last_percent }%，最多 { $last_most }。改时间有 { $moves } 次免费，第一次临时取消免收。收费前都会先告诉您金额。
hours-told = 今天的服务时间是 { $hours }。这里全天都能约；电话 { $phone }。
hours-closed = 今天休息，不上门。这里照样可以预约以后的时间；电话 { $phone }。
areas-told = 我们服务这些地方：{ $areas }。

profile-title = 我的资料
profile-shown = 这是您的资料，要改哪一项？
profile-language = 语言
profile-home = { $address }（{ $size } ㎡）
naming-called-label = 称呼
naming-called-ask = 怎么称呼您？
naming-called-again = 请告诉我怎么称呼您，比如“王女士”。
naming-called-help = “王女士”“李明”。
naming-done = 好的，以后称呼您{ $called }。
phoning-phone-label = 电话
phoning-phone-ask = 新的手机号是？
phoning-phone-again = 这不像电话号码，请写 11 位手机号。
phoning-phone-help = “13800001234”。
phoning-done = 电话改好了：{ $phone }。
addressing-address-label = 地址
addressing-address-ask = 请写上区、路名和门牌，比如“武侯区科华北路12号3栋2单元501”。
addressing-address-again = 这不太像地址，请写上区、路名和门牌。
addressing-address-help = “武侯区科华北路12号3栋2单元501”。
addressing-size-label = 面积
addressing-size-ask = 家里多大？知道的话写个平方数，方便报价。
addressing-size-again = 没看懂，请写个数字，比如“90”。
addressing-size-help = “90平”。
addressing-done-ahead = 地址记好了：{ $address }，下次预约用。已经约好的还是去原来的地址；要换，说“找客服”。
addressing-done = 地址记好了：{ $address }。
size-unlikely = 面积一般在 { $smallest } 到 { $largest } ㎡，请再看一下。
forgetting-nothing = 还没有存过地址。
forgetting-home-label = 地址
forgetting-home-ask = 要删除哪个地址？
forgetting-home-help = 选一个地址。
forgetting-agreed-label = 确认
forgetting-agreed-ask = 确定删除这个地址吗？已有的预约不受影响。
forgetting-agreed-again = 请回复“确认”，或者选“取消”。
forgetting-agreed-yes = 确认删除
forgetting-agreed-help = 选“确认删除”，或者“取消”。
forgetting-done = 已经删除。
address-unknown = 这个地址已经不在了，请重新选。
unknown-service = 这项服务现在没有了，请换一项。
unknown-add-on = 这个加项不能和这项服务一起选。
too-many-add-ons = 这个加项最多选 { $most } 份。
unknown-area = 那里我们暂时还去不了。
visit-out-of-area = 那里我们暂时还去不了。

why-counted = 平台不让再主动发消息
why-absent = 网页聊天一直没有打开
why-nowhere = 哪个渠道都发不到
why-staff-talk = 微信客服里正由人工接待，或会话已结束
told-unreachable = 联系不上{ $name }了（{ $why }），没送到的话：“{ $said }”。{ $phone ->
    [none] 没有留电话。
   *[other] 请打电话 { $phone }。
}
told-unreachable-ahead = 联系不上{ $name }了（{ $why }），但有预约：{ $visit }。没送到的话：“{ $said }”。{ $phone ->
    [none] 没有留电话。
   *[other] 请打电话 { $phone }。
}
told-account-down = { $channel } 发不出消息，从 { $since } 起：{ $why }。消息都留着，恢复后会自动发出。请找管理员看一下。
customer-unnamed = 一位客户
told-trouble = 有一条消息（编号 { $number }）没能处理，已经向客户道歉，请看一下。
told-request = 有新的待确认预约：{ $visit }，请在 { $by } 前答复。
told-request-confirmed = 您的预约确认了，明细在下面。
told-request-declined = 抱歉，这次没能安排上：{ $reason }。没有收费，换个时间再试试？
told-request-lapsed = 抱歉，我们没能及时确认人手，这个预约没有成。没有收费，换个时间再试试？
told-visit-cancelled = 已取消：{ $visit }（{ $area }），编号 { $reference }。
told-visit-elsewhere = 这个安排不用去了：{ $visit }（{ $area }），编号 { $reference }。

round-title = 上门安排
round-none = 接下来 { $days } 天没有安排。有新的会马上告诉您。
round-told = 接下来 { $days } 天有 { $count } 个上门安排：
round-line = { $name }，{ $where }
desk-title = 待办
desk-none = 现在没有人在等。有新的会马上告诉您。
desk-told = { $waiting } 位客户在等客服，{ $requests } 个预约待确认：
desk-unnamed = 新客户
desk-no-words = （没有留言）
desk-line = { $name }：{ $words }
request-line = { $visit }，{ $by } 前答复
requests-nothing = 现在没有待确认的预约。
requests-visit-label = 预约
requests-visit-ask = 处理哪一个？
requests-visit-help = 选一个，或者写预约号。
requests-verdict-label = 答复
requests-verdict-ask = 能安排吗？
requests-verdict-yes = 能，确认
requests-verdict-no = 不能
requests-verdict-help = 选“能，确认”或者“不能”。
requests-reason-label = 原因
requests-reason-ask = 请写一句给客户看的原因。
requests-reason-help = “那天人手不够，周末可以”。
requests-done-confirm = { $phone ->
    [known] 已确认 { $reference }，客户已经收到通知。
    [none] 已确认 { $reference }。哪个渠道都发不到客户，也没有留电话。
   *[other] 已确认 { $reference }，但哪个渠道都发不到客户，请打电话 { $phone } 告诉一声。
}
requests-done-decline = { $phone ->
    [known] 已回绝 { $reference }，客户已经收到通知。
    [none] 已回绝 { $reference }。哪个渠道都发不到客户，也没有留电话。
   *[other] 已回绝 { $reference }，但哪个渠道都发不到客户，请打电话 { $phone } 告诉一声。
}
handoff-gone = 这个已经有人处理了。

household-facts-label = 家里情况
household-facts-ask = 家里有哪些情况？选好选“就这些”，都没有就选“都没有”。
household-facts-none = 都没有
household-facts-help = 选一样或几样，没有就回复“没有”。
household-done = 记好了：{ $facts }。以后派人会照顾到。
home-female = 希望女师傅来
wishing-nobody = 还没有师傅上过门。上门之后就可以收藏喜欢的师傅。
wishing-worker-label = 师傅
wishing-worker-ask = 说的是哪位师傅？
wishing-worker-help = 师傅的名字，或者序号。
wishing-wish-label = 心愿
wishing-wish-ask = 以后怎么安排？只有您自己知道，师傅看不到。
wishing-wish-help = “优先派”“不要再派”“都可以”。
wishing-wish-favourite = 优先派这位
wishing-wish-blocked = 不要再派这位
wishing-wish-neither = 没有特别要求
wishing-favourite = { $name }（优先）
wishing-blocked = { $name }（不再派）
wishing-done-favourite = 好的，以后优先派{ $name }。
wishing-done-blocked = 好的，以后不会再派{ $name }来。想改随时告诉我。
wishing-done-neither = 好的，{ $name }按正常安排。
profile-wishes = 师傅心愿
catalogue-title = 我们的服务
catalogue-told = 这些都能约，想了解哪一项直接说名字：
