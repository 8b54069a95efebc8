# 会员折扣、次卡、优惠券、积分怎么从价格里减；券、卡和推荐
quote-tier = { $tier ->
    [silver] 银卡折扣
    [gold] 金卡折扣
    [diamond] 钻石卡折扣
   *[other] 会员折扣
}
quote-percent-off = { $base } × { $percent }% = −{ $amount }
quote-capped = { $made }（优惠合计最多减 { $most }%）
quote-package = 次卡
quote-package-made = { $unit ->
    [hour] 用 { $count } 小时
   *[visit] 用 { $count } 次
}，抵 { $amount }
quote-coupon = 优惠券
quote-coupon-made = −{ $amount }
quote-coupon-hours = { $each } × { $count } 小时 = −{ $amount }
quote-points = 积分
quote-points-made = { $points } 分，每 { $rate } 分抵 1 元 = −{ $amount }
card-saved = 已优惠
saved-part = { $what } { $amount }

booking-saving-label = 优惠
booking-saving-ask = 这次怎么优惠？选一个，合计就按它算。
booking-saving-help = 点一个选项就好；想留着下次用，选“不用券和卡”。
booking-saving-change = 换个优惠
booking-used-label = 已用优惠
saving-option = { $what }：共 { $total }
saving-none = 不用券和卡
saving-coupon = 券减 { $amount }
saving-package = { $unit ->
    [hour] 次卡 { $count } 小时
   *[visit] 次卡 { $count } 次
}
saving-and-points = { $plain ->
    [yes] 用 { $points } 积分
   *[no] { $what } + { $points } 积分
}
saving-chosen-best = 最省的
saving-chosen-none = 不用券和卡
saving-chosen-coupon = 优惠券
saving-chosen-package = 次卡
saving-chosen-points = { $what } + 积分
saving-tier-instead = 会员折扣和券不能一起用，这次会员折扣更省，券给您留着。
saving-coupon-instead = 会员折扣和券不能一起用，这次用的是券。
saving-gone-coupon = 这张券刚刚在另一单用掉了，抱歉。下面是没有它的价格，您看行不行：
saving-gone-package = 次卡刚刚在另一单用掉了，或者已经不再共用，抱歉。下面是没有它的价格，您看行不行：
saving-gone-points = 积分刚刚用在别处了，抱歉。下面是没有它的价格，您看行不行：

coupon-fen = { $amount } 券
coupon-percent = { $percent }% 折扣券{ $most ->
    [none] {""}
   *[other] （最多减 { $most }）
}
coupon-add-on = 免费{ $name }
coupon-hours = 免费 { $count } 小时
coupon-least = 满 { $least } 可用
coupon-only = 限{ $names }
coupon-days-all = 每天
coupon-days-work = 周一到周五
coupon-days-weekend = 周末
coupon-window = { $days } { $begins }–{ $ends } 上门
coupon-until = { $at } 前下单
coupon-mark = ，
go-coupons = 我的优惠券
coupons-title = 您的优惠券
coupons-told = { $count ->
    [one] 您有 1 张券，下单时会自动用上最省的。
   *[other] 您有 { $count } 张券，下单时会自动用上最省的。
}
coupons-none = 您现在没有优惠券。有优惠码的话，发“优惠码 加上那串字”给我就行；推荐朋友来，也会得券。
coupons-held = 还有 { $count } 张已经用在预约里，取消预约会退回来。
couponcode-ask = 请把优惠码也发来，比如：优惠码 SPRING20
couponcode-done = 收到一张 { $what }：{ $limits }。下单时会自动用上最省的。
code-unknown = 没有这个优惠码：{ $code }。看看有没有打错，字母大小写都可以。
code-not-now = { $ended ->
    [yes] 优惠码 { $code } 已经在 { $ends_at } 截止了。
   *[no] 优惠码 { $code } 从 { $begins_at } 开始才能用。
}
code-exhausted = 优惠码 { $code } 的券已经被领完了，抱歉。
code-had = 优惠码 { $code } 您已经领过了，每人 { $each } 张。

go-referral = 推荐有礼
go-invited = 推荐码
go-referrals = 待看推荐
go-referralyes = 给奖励
go-referralno = 不给
referral-told = 把这个推荐码发给朋友：{ $code }。朋友第一次预约满 { $least } 减 { $off }；朋友做完并付款 { $days } 天后，您得 { $points } 积分和一张 { $coupon } 的券。
referral-links = 朋友点开下面的链接，推荐码就自动带上了：
referral-came = 已经有 { $count } 位朋友用了您的推荐码，{ $rewarded } 份奖励到账。
referral-invited = 欢迎来到{ $company }！{ $by ->
    [none] 您的朋友介绍您来的
   *[other] 是{ $by }介绍您来的
}，第一次预约满 { $least } 减 { $off }，券已经给您放好，下单自动用上。
referral-code-ask = 请把推荐码也发来，比如：推荐码 7KQ2MX
referral-unknown = 没有这个推荐码，请看看有没有打错。
referral-own = 自己的推荐码自己不能用，发给朋友吧。
referral-before = 您已经是{ $by ->
    [none] 另一位朋友
   *[other] { $by }
}介绍来的了，先用的那个推荐码算数。
referral-not-new = 推荐码只给第一次来的朋友用。您已经约过啦，可以把自己的推荐码发给朋友。
rating-refer-how = 点“推荐有礼”，把您的推荐码发给他们：朋友首单满 { $least } 减 { $off }，您也得 { $points } 积分和 { $coupon } 的券。
told-referral-waiting = { $friend ->
    [none] 您推荐的朋友
   *[other] 您推荐的{ $friend }
}第一次服务已经付款，谢谢您！{ $points } 积分和 { $coupon } 的券会在 { $due } 到账。
told-referral-rewarded = 推荐奖励到账：{ $points } 积分和一张 { $coupon } 的券，谢谢您介绍{ $friend ->
    [none] 朋友
   *[other] { $friend }
}来。券 { $until } 前可以用。
told-referral-capped = 谢谢您又介绍{ $friend ->
    [none] 一位朋友
   *[other] { $friend }
}来！推荐奖励每月最多 { $month } 份、每年最多 { $year } 份，这次已经到上限，没有另外的奖励了。
told-referral-refunded = { $friend ->
    [none] 您朋友
   *[other] { $friend }
}第一次服务全额退款了，所以这份推荐奖励（{ $points } 积分和 { $coupon } 的券）没有发放。下一位朋友做完付款，奖励照样给您。
told-referral-taken-back = { $friend ->
    [none] 您朋友
   *[other] { $friend }
}那一单后来全额退款了，所以那份推荐奖励（{ $points } 积分和 { $coupon } 的券）也收回了。有疑问请联系我们。
referral-doubted = 推荐奖励待定（疑点 { $score } 分）：{ $referrer } 推荐了 { $friend }；{ $why }。
referral-doubt-phone = 两人手机号相同
referral-doubt-address = 在推荐人自己的地址上门
referral-doubt-payer = 预约留的是推荐人的手机号
referral-doubt-device = 两人用过同一个账号或浏览器
referral-doubt-hurry = 一天内推荐了很多人
referral-doubt-cheap = 首单金额低于起用价
referrals-none = 没有要看的推荐。
referral-decided = 这份推荐已经有结果了（{ $state ->
    [rewarded] 已给奖励
    [refused] 没给
    [capped] 已到上限
    [taken_back] 已收回
   *[other] 还没到时候
}）。
referral-decided-rewarded = 好，奖励已给，推荐人会收到消息。
referral-decided-refused = 好，这份不给奖励。
referral-decided-capped = 推荐人已到上限，没有给奖励，会告诉他。

go-packages = 我的次卡
go-buying = 买次卡
go-packagepause = 暂停次卡
go-packageresume = 恢复使用
go-refunding = 退次卡
go-packagedrop = 不买了
go-packagepaid = 次卡已收款
go-packageback = 已退款
go-unpaidpackages = 待收款次卡
package-offer = { $name }：{ $price }，省 { $saves }
package-covers = 内容
package-covers-visit = { $name } { $count } 次，每次 { $covers }
package-covers-hour = { $name } { $count } 小时，按小时用
package-each = 单次原价
package-price = 价格
package-price-made = { $each } × { $count }{ $percent ->
    [100] {""}
   *[other] {" "}× { $percent }%
}{ $free ->
    [0] {""}
   *[other] （另送 { $free } 次）
} = { $price }
package-lasts = 有效期
package-lasts-made = 收款起 { $months } 个月
package-terms = 规则
package-terms-made = 可以暂停一次，最长 { $days } 天；随时能退，用过的按原价 { $each } 扣。
package-left = 剩 { $count } { $unit ->
    [hour] 小时
   *[visit] 次
}，到 { $until }为止{ $paused ->
    [yes] ，暂停到 { $again }
   *[no] {""}
}
package-last-day = { $year }年{ $day }
package-pending = 等收款：{ $price }
packages-title = 您的次卡
packages-told = { $count ->
    [0] 款一到，次卡马上能用。
   *[other] 下单时次卡会自动抵，想留着就点“换个优惠”。
}
packages-none = 您现在没有次卡。常做的话，买次卡更划算。
packages-not-sold = 我们现在没有次卡卖。
package-paused = { $name }已经暂停，到 { $until } 自动恢复，有效期也顺延这么久。
package-resumed = { $name }可以用了：{ $left }。
package-paused-before = 这张次卡已经暂停过一次，不能再停了。
package-not-now = 这张次卡{ $state ->
    [pending] 还没收到款
    [ended] 已经过期，不能退了
    [refunded] 已经退了
    [withdrawn] 已经取消
   *[active] 正在用
}。
package-dropped = 好，{ $name }不买了，没有收您的钱。
package-drop-late = { $name }的款已经收到。要退的话点“我的次卡”里的“退次卡”。
buying-product-label = 次卡
buying-product-ask = 想买哪一种？
buying-product-help = 点一种，或者打它的名字。
buying-contact-label = 称呼
buying-contact-ask = 怎么称呼您？
buying-contact-help = 比如“王女士”。
buying-phone-label = 电话
buying-phone-ask = 收款时怎么联系您？请留个手机号。
buying-phone-help = 比如 138 0000 1234。
buying-agreed-label = 确认
buying-agreed-ask = 请看一下，没问题就选“确认购买”。
buying-agreed-again = 请回复“确认”，或者选“修改”“取消”。
buying-agreed-yes = 确认购买
buying-agreed-help = 回复“确认”购买，“取消”不买了。
buying-done = 记下了：{ $name }，{ $price }。客服会联系您收款，也可以在师傅上门时付；款一到就能用，会马上告诉您。
told-package-wanted = { $customer } 要买{ $name }，{ $price }。{ $phone ->
    [none] 没有留电话。
   *[other] 电话 { $phone }。
}收到款后点一下怎么付的：
told-package-paid = { $name }的款收到了，可以用了：{ $left }。
package-paid-done = 好，{ $customer } 的{ $name }可以用了，已经告诉客户。
package-paid-before = { $customer } 的{ $name }早就记过收款了。
packages-unpaid-none = 没有等收款的次卡。
packages-unpaid-title = 等收款的次卡
packages-unpaid = 还有 { $count } 张等收款。{ $first } 的怎么付的？
packages-unpaid-line = { $name }，{ $price }
refunding-nothing = 您现在没有能退的次卡。
refunding-package-label = 次卡
refunding-package-ask = 要退哪一张？
refunding-package-help = 点一张就好。
refunding-back-label = 退款
refunding-paid = 买时付了
refunding-used = 已用，按原价
refunding-used-made = { $each } × { $count } { $unit ->
    [hour] 小时
   *[visit] 次
} = { $amount }
refunding-back = 退给您
refunding-agreed-label = 确认
refunding-agreed-ask = 退了以后剩下的就不能用了。确定退吗？
refunding-agreed-ask-nothing = 用过的按原价算已经超过买的价钱，没有钱可退；剩下的还能接着用。真的不要了吗？
refunding-agreed-again = 请回复“确认”，或者选“取消”。
refunding-agreed-yes = 确认退卡
refunding-agreed-help = 回复“确认”退掉，“取消”留着。
refunding-changed = 刚刚又用了一次，退的钱变了，请再看一下：
refunding-done = { $name }已经退了。{ $refund } 由客服原路退给您，退好会告诉您。
refunding-done-nothing = { $name }已经销掉了。
told-package-refund = { $customer } 退了{ $name }，请退 { $refund }，退好点一下：
told-package-back = { $name }的 { $refund } 已经退给您了。
package-back-done = 好，{ $refund } 已退，已经告诉客户。
told-package-ends = 您的{ $name }快到期了：{ $left }。约一次用上，或者暂停、退掉都行。
told-package-ended = 您的{ $name }到期了，没用的 { $count } { $unit ->
    [hour] 小时
   *[visit] 次
}已经失效。

paying-nothing = 做完了，记好了。这次不用收款。

returned-told = 退回给您：{ $what }。
returned-coupon = 优惠券 1 张
returned-package = 次卡 { $count } { $unit ->
    [hour] 小时
   *[visit] 次
}
returned-points = 积分 { $count } 分
referral-again = 这个推荐码您用过了，首单的券已经给过您，在“我的优惠券”里能看到。

cheaper-told = 价格人人一样，单子上写的就是全部，不另外讲价。{ $count ->
    [0] 想省一点有这些办法，预约时自动按最省的算：
   *[other] 您手上有 { $count } 张券，预约时自动用最省的那张。还有这些办法：
}

ways-to-pay = 做完再付，不收定金：{ $ways }都行，当面付给师傅就好，付了会给您发一条记录。次卡和套餐先付，由客服联系您。
invoice-asked = 好的，发票由客服开，{ $by } 前在这里回复您。到时把抬头、税号和收票邮箱告诉客服就行。
