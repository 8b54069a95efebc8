# 会员：加入、积分、等级、兑换，还有员工调积分
go-enrolling = 加入会员
go-points = 我的积分
go-ledger = 积分怎么来的
go-redeem = 兑换
go-redeeming = 兑换
go-redeem-goods = 换{ $goods }
go-adjusting = 调积分
go-adjustments = 待批的积分
go-adjustyes = 同意
go-adjustno = 不同意
go-redemptions = 待交付的兑换
go-handedover = 已经交给客户
go-nothanded = 给不了，退积分

tier-basic = 普通会员
tier-silver = 银卡会员
tier-gold = 金卡会员
tier-diamond = 钻石会员

member-card = 会员卡
member-number = 会员号
member-tier = 等级
member-tier-until = { $tier }（到 { $day }）
member-companion = 专属管家
member-points = 可用积分
member-points-line = { $points } 分
member-pending = 待到账
member-pending-line = { $points } 分（{ $day }起陆续可用）
member-expiring = 最早到期
member-expiring-line = { $points } 分（{ $day }后失效）
member-ways =
    积分这样攒：
    · 每次上门付 1 元得 1 分，{ $rate } 分抵 1 元
    · 每月 { $day } 日上门，积分 { $times } 倍
    · 资料填全送 { $profile } 分，写几句评价送 { $rating } 分，过生日送 { $birthday } 分
benefit-discount = { $services } { $percent ->
    [10] 9 折
    [20] 8 折
    [30] 7 折
   *[other] 减 { $percent }%
    }
benefit-everything = 所有服务
benefit-factor = 每元得 { $factor } 分
benefit-seniors = 优先安排资深师傅
benefit-access = 旺季提前 { $hours } 小时约
benefit-manager = 专属管家
member-gap = { $visits ->
    [0] 再消费 { $spend } 就是{ $tier }。
   *[other] 再消费 { $spend }，或者再来 { $visits } 次，就是{ $tier }。
    }
member-earned = 这次得 { $points } 积分，{ $day }起可用。
member-kept = 快到期的 { $points } 积分给您延到 { $day }。
member-risen = 恭喜，您现在是{ $tier }了！
member-benefits = 从下次起：{ $benefits }。
member-offered = 想攒积分吗？现在加入会员送 { $sign_up } 分，这次的 { $points } 分也给您算上。
member-taken = { $points ->
    [0] 这次的积分已经用不上了（过期或扣过），不再扣您的积分。
   *[other] 退款部分的 { $points } 积分已扣回，现在可用 { $now } 分。
    }
member-profile-done = 资料齐了，送您 { $points } 积分。
member-rated = 谢谢您写评价，送您 { $points } 积分。
told-paid-thanks = 收到 { $amount }（{ $way }），{ $visit }。谢谢您！
told-paid-look = 还没验收的话，现在可以看看：
member-no-number = 加入会员要先留个手机号。

enrolling-phone-label = 手机号
enrolling-phone-ask = 您的手机号是？会员卡就记在这个号码上。
enrolling-phone-again = 没看懂手机号，请再写一次，比如“13800001234”。
enrolling-phone-help = “13800001234”。
enrolling-agreed-label = 加入
enrolling-agreed-ask = 加入会员不花钱，不用再填什么，马上送 { $sign_up } 积分。
enrolling-agreed-again = 要加入请选“加入”，不加入就选“取消”。
enrolling-agreed-yes = 加入
enrolling-agreed-help = 选“加入”，或者“取消”。
enrolling-left = 好的，先不加入。想加入时说“加入会员”。
enrolling-already = 您已经是会员了，会员号 { $number }。说“我的积分”看积分。
enrolling-done = { $name ->
    [none] 欢迎加入！这是您的会员卡，往后说“我的积分”就能看。
   *[other] { $name }，欢迎加入！这是您的会员卡，往后说“我的积分”就能看。
    }

points-told = { $points ->
    [0] 您现在没有可用的积分。
   *[other] 您有 { $points } 积分可用，值 { $yuan }。
    }
member-day = { $year } 年 { $month } 月 { $day } 日
points-owed = 退款后还差 { $points } 积分，下次得的积分先补上，补齐前暂时不能用积分。
points-no-member = { $points ->
    [0] 您还不是会员。加入不花钱，马上送 { $sign_up } 积分。
   *[other] 您有 { $points } 积分，还不是会员。加入不花钱，马上再送 { $sign_up } 积分，往后每次上门都攒。
    }
points-not-enough = 积分不够了：现在可用 { $usable } 分，要 { $wanted } 分。
ledger-none = 还没有积分记录。
ledger-title = 积分明细
ledger-told = { $pending ->
    [0] 从新到旧，现在可用 { $usable } 分：
   *[other] 从新到旧，现在可用 { $usable } 分，另有 { $pending } 分待到账：
    }
ledger-more = 更早的
ledger-line = { $points } { $why }
ledger-pending = { $points } { $why }（{ $day }起可用）
ledger-earned = 获得
ledger-earned-visit = 上门 { $about }
ledger-earned-sign-up = 加入会员
ledger-earned-profile = 资料填全
ledger-earned-rating = 写评价
ledger-earned-birthday = 生日快乐
ledger-earned-compensation = 我们的歉意
ledger-spent = 抵 { $about } 的钱
ledger-spent-goods = 换了用品
ledger-given-back = { $about } 没用上，退回
ledger-given-back-goods = 用品没给到，退回
ledger-expired = 过期
ledger-extended = { $points } 分延到 { $day }
ledger-taken-back = { $about } 退款扣回
ledger-adjusted = 同事调整：{ $note }

redeem-told = { $points ->
    [0] 您现在没有可用的积分。攒了可以这样用：
   *[other] 您有 { $points } 积分可用，可以这样用：
    }
redeem-title = 积分能换
redeem-order = 抵钱
redeem-money = 约的时候用，{ $rate } 分抵 1 元，{ $least } 分起，最多抵一单的 { $percent }%
redeem-price = { $points } 分（原价 { $price }）
goods-hour = 日常保洁 1 小时
goods-add-on = 室内侧擦窗一次
redeeming-done-coupon = 换好了：{ $goods }，放进您的券包了，下次约的时候自动能用。还剩 { $points } 积分。
benefit-quarterly = 每季度送一次{ $add_on }
goods-cloths = 抹布一套
goods-descaler = 除垢剂一瓶
goods-cleaning-kit = 清洁套装
redeeming-too-few = 您现在可用 { $points } 分，最少 { $least } 分才能换用品。
redeeming-unknown = 这样东西现在换不了了，说“兑换”看看别的。
redeeming-goods-label = 用品
redeeming-goods-ask = 换哪一样？
redeeming-goods-help = 选一个。
redeeming-agreed-label = 兑换
redeeming-agreed-ask = { $goods }：{ $points } 积分（原价 { $price }）。换了还剩 { $left } 分。
redeeming-agreed-again = 要换请选“换”，不换就选“取消”。
redeeming-agreed-yes = 换
redeeming-agreed-help = 选“换”，或者“取消”。
redeeming-left = 好的，先不换，积分没动。
redeeming-done = 换好了：{ $goods }，下次上门时师傅带给您。还剩 { $points } 积分。
redemption-told = 兑换 { $number }：{ $name }用 { $points } 积分换了{ $goods }，请安排下次上门带去。
redemption-settled = 这个兑换有人处理过了。
redemption-given = 记下了：{ $goods }已经交给{ $name }。
redemption-cancelled = 记下了：{ $name }的积分退回了，也告诉了对方。
redemptions-none = 没有等着交付的兑换。
told-not-handed = 抱歉，您换的{ $goods }暂时没有货，{ $points } 积分已经退回，现在可用 { $now } 分。

told-expiring = 您有 { $points } 积分到 { $day }为止有效。约一次上门就能抵钱，也可以换用品。
told-expiring-longer = 到期前做完一次上门、付了款，没用完的{ $part ->
    [part] 最多 { $points } 分能
   *[all] {""}
    }再延 { $months } 个月，只延一次。
told-birthday = { $name ->
    [none] {""}
   *[other] { $name }，
    }{ $late ->
    [yes] 前两天是您的生日，祝福来晚了，祝您平安喜乐！
   *[no] 今天是您的生日，祝您生日快乐！
    }送您 { $points } 积分，现在可用 { $now } 分。
told-tier-ends = 您的{ $tier }到 { $day }。到那天为止{ $visits ->
    [0] 再消费 { $spend }
   *[other] 再消费 { $spend }，或者再来 { $visits } 次
    }，就能再留一年。
told-tier-grace = 您的{ $tier }到期了，给您留到 { $day }。这之前{ $visits ->
    [0] 再消费 { $spend }
   *[other] 再消费 { $spend }，或者再来 { $visits } 次
    }，就能再留一年。
told-tier-lower = 您的{ $before }到期了，现在是{ $after }。{ $gap }

adjusting-nobody = 没找到这位客户。写全名、手机号，或者号码后四位。
adjusting-several = 有几位，是哪一位？
adjusting-customer = { $name } { $phone }
adjusting-beyond = 一次最多调 { $most } 分。
adjusting-customer-label = 客户
adjusting-customer-ask = 给哪位客户调？写姓名、手机号，或者号码后四位。
adjusting-customer-again = 写客户的姓名、手机号，或者号码后四位。
adjusting-customer-help = “王女士”，或者“1234”。
adjusting-amount-label = 积分
adjusting-amount-ask = 加多少，还是减多少？
adjusting-amount-again = 写个数，比如“+200”或者“-100”。
adjusting-amount-help = “+200”，或者“-100”。
adjusting-reason-label = 原因
adjusting-reason-ask = 为什么调？客户看得到这句话。
adjusting-reason-again = 写一句原因，客户看得到。
adjusting-reason-help = “上次少算了一小时的积分”。
adjusting-agreed-label = 确认
adjusting-agreed-ask = { $alone ->
    [yes] { $name }（现在可用 { $now } 分）{ $points } 分。客户会看到：“{ $reason }”。
   *[no] { $name }（现在可用 { $now } 分）{ $points } 分。客户会看到：“{ $reason }”。这个数要另一位主管同意才生效。
    }
adjusting-agreed-again = 没问题请选“调”，不调就选“取消”。
adjusting-agreed-yes = 调
adjusting-agreed-help = 选“调”，或者“取消”。
adjusting-left = 好的，不调了，积分没动。
adjusting-too-few = 客户现在可用 { $usable } 分，减不了这么多。
adjusting-done = 调好了：{ $name } { $points } 分，也告诉了客户。
adjusting-asked = { $count ->
    [0] 已经记下：{ $name } { $points } 分，要另一位主管同意。现在没有能批的人在聊天里，请当面找一位，让对方说“待批的积分”。
   *[other] 已经交给{ $members }：{ $name } { $points } 分，同意后马上生效，我再告诉您。
    }
adjustment-told = { $member }想给{ $name }调 { $points } 分，原因：“{ $reason }”。同意吗？
adjustment-settled = { $approved ->
    [yes] 这个已经有人同意了。
   *[no] 这个已经有人否了，或者没有了。
    }
adjustment-same = 自己提的要由另一位主管来批。
adjustment-rank = 这个要主管或经理来批。
adjustment-agreed = 同意了：{ $name } { $points } 分，已经生效，也告诉了客户。
adjustment-refused = 没同意：{ $name } { $points } 分，积分没动。
adjustment-answered = { $agreed ->
    [yes] { $member }同意了：{ $name } { $points } 分已经生效，也告诉了客户。
   *[no] { $member }没同意：{ $name } { $points } 分，积分没动。
    }
adjustments-none = 没有等着批的积分。
told-adjusted = { $given ->
    [yes] 给您加了 { $points } 积分（{ $reason }），现在可用 { $now } 分。
   *[no] 减了您 { $points } 积分（{ $reason }），现在可用 { $now } 分。有疑问请说“人工”。
    }
day-member-day = { $day }是会员日，为了家家都做得细，当天只接这么多，已经约满了。下一个会员日是{ $next }{ $since ->
    [now] {""}
   *[other] （{ $since }起能约）
    }。可以约的有：
day-member-day-queue = { $day }是会员日，为了家家都做得细，当天只接这么多，已经约满了。下一个会员日是{ $next }{ $since ->
    [now] {""}
   *[other] （{ $since }起能约）
    }。可以排队等这天，也可以约这些天：

celebrating-born-label = 生日
celebrating-born-ask = 最后问一句：您的生日是几月几号？到那天送您积分，也说声生日快乐。不想说就跳过，以后不再问。
celebrating-born-help = “5月3日”，不用说哪年。
celebrating-why = 只用来在那天送您 { $points } 积分、说声生日快乐，不告诉别人；随时说“习惯和忌讳”就能删掉。
celebrating-done = 记下了：{ $value }。到那天送您 { $points } 积分。
celebrating-passed = 好的，不问了。哪天想说，发一句“我生日是5月3日”就行。
