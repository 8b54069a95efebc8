# 上门做事：清单、照片、加项、问题、完工、验收、收款
working-nothing = 您现在没有正在上门的安排。
working-arrive-first = 这一单还没开始：{ $visit }。到了先说“到了”。
working-over = 这一单已经结束了：{ $visit }。
value-photo = 照片

room-home = 全屋
room-bedroom = 卧室
room-living-room = 客厅
room-kitchen = 厨房
room-bathroom = 卫生间

checklist-left = 还剩 { $count } 项，做好一项点一项：
checklist-none-left = 清单都做好了。客户看过没问题，就点“做完了”。
checklist-room-done = { $room }全部做完
checklist-all-done = 全部做完
checklist-ticked = ✓ { $item }
checklist-ticked-several = ✓ { $count } 项都勾上了。
checklist-ticked-before = 这项已经勾过了。
checklist-left-out = 没能做
checklist-left-out-made = { $item }（{ $why }）
howfar-told = 做到 { $percent }% 了，预计 { $ends } 结束。
howfar-percent = { $percent }%

skipping-nothing = 清单上没有没做的了。
skipping-visit-label = 上门
skipping-visit-ask = 是哪一单？
skipping-visit-help = 选一个，或者写编号。
skipping-item-label = 哪一项
skipping-item-ask = 哪一项做不了？
skipping-item-help = 选一项。
skipping-why-label = 原因
skipping-why-ask = 为什么做不了？客户会看到。
skipping-why-help = “客户说不用做”“东西挡着”。
skipping-why-asked = 客户说不用做
skipping-why-blocked = 东西挡着，挪不开
skipping-why-broken = 坏了，怕弄伤
skipping-why-none-here = 家里没有这个
skipping-done = 记下了，客户也能看到原因。
skipping-left = 好的，清单不变。

photos-ask = 可以拍打扫前后的对比照吗？您不点，就不会拍。
photos-no-visit = 您现在没有可以拍照的上门服务。
photos-visit-over = 这次服务已经结束，不会再拍照了。
photos-allowed = 好的，师傅可以拍打扫前后的对比照。只用于这次服务，{ $days } 天后自动删除；想收回，随时点“不要拍照”。
photos-refused = 好的，这次不拍照。
photos-taken-back = 好的，这次拍的 { $count } 张都删了，谁也看不到了。之后也不再拍。
photos-none-yet = 还没有照片，师傅拍了这里就能看到张数。
photos-none-allowed = 没有照片。没有您的同意，师傅拍的一张也不会留。
photos-kept = 一共 { $count } 张：打扫前 { $before } 张，打扫后 { $after } 张。保存到 { $until }，到期自动删除。
photos-not-kept = 客户没有同意拍照，这张没有保存，已经删掉了。您放心接着做。
photos-filed-before = 存好了，算打扫前的，这一单共 { $count } 张，{ $days } 天后自动删除。
photos-filed-after = 存好了，算打扫后的，这一单共 { $count } 张，{ $days } 天后自动删除。
told-photos-allowed = 客户同意拍照了：打扫前、打扫后各拍几张，直接发到这里就行。
told-photos-refused = 客户不想拍照了，请别再拍；之前拍的已经删掉。

quote-overtime = 加时
quote-overtime-made = { $each }/小时 × { $minutes } 分钟 = { $amount }
extra-longer = 加时 { $minutes } 分钟
extra-what = 加什么
extra-why = 原因
extra-ends = 结束时间
extra-from-to = { $old } → { $new }
extra-proposed = { $worker }师傅想给这次服务加一项。您同意了才做，{ $until } 前答复有效；不加，一切照旧。
extra-agreed = 好的，已经加上：{ $what }。结束时间 { $ends }，合计 { $total }。师傅马上知道。
extra-refused = 好的，不加。还是 { $ends } 结束，合计 { $total }。
extra-none = 现在没有等您同意的加项。
extra-unknown = 这一项现在加不了，请重新选。
extra-no-room = 时间排不下了：后面还有安排，或者要过营业时间。价格和时间都没变。
extra-gone = { $status ->
    [agreed] 这一项您已经同意了，师傅知道。
    [refused] 这一项您之前选了不加，没有做，也没有收费。
    [expired] 这一项过了 15 分钟没答复，没有加，也没有收费。还想加，请师傅再发一次。
   *[withdrawn] 师傅已经收回这一项，没有加，也没有收费。
}
extra-withdrawn = 收回了：{ $what }。请按原来的做。
told-extra-agreed = 客户同意了：{ $what }。可以做了，结束时间 { $ends }。
told-extra-refused = 客户这次不加：{ $what }。请按原来的做。
told-extra-expired = 客户 15 分钟没答复：{ $what }。请先别做，按原来的做；要紧就再发一次，或者打公司电话。
told-extra-no-room = 客户同意了，可是时间刚被别的安排占了：{ $what }。请别做，按原来的做。
told-extra-gone = { $status ->
    [agreed] 这一项客户已经同意了，不能收回。有变化请跟客服说。
    [refused] 这一项客户没同意，不用收回。
   *[other] 这一项已经不在等答复了，不用收回。
}

adding-nothing = 这项服务没有可以加的。有别的情况，点“有问题”报给公司。
adding-visit-label = 上门
adding-visit-ask = 是哪一单？
adding-visit-help = 选一个，或者写编号。
adding-what-label = 加什么
adding-what-ask = 想加什么？客户同意了才算：
adding-what-help = 选一项，比如“加时 30 分钟”。
adding-option = { $name } { $price }
adding-why-label = 原因
adding-why-ask = 为什么要加？客户会看到：
adding-why-help = “比说的脏”“客户要求加的”。
adding-why-dirtier = 比说的脏
adding-why-asked = 客户要求加的
adding-why-more = 要做的地方比说的多
adding-why-other = 按现场情况需要
adding-left = 好的，不加。请按原来的做。
adding-done = 已经发给客户：{ $what }。客户同意之前请先别做；{ $minutes } 分钟没答复我会告诉您。
adding-done-by-call = { $what }：客户这会儿收不到消息，客服会打电话。没有客户点头，请先别做。

reporting-visit-label = 上门
reporting-visit-ask = 是哪一单？
reporting-visit-help = 选一个，或者写编号。
reporting-kind-label = 什么问题
reporting-kind-ask = 出了什么问题？
reporting-kind-help = 选一项，比如“弄坏了东西”。
reporting-words-label = 情况
reporting-words-ask = 说一句是什么情况，打字就行。
reporting-words-help = “客厅茶几的玻璃磕了一道缝”。
reporting-photo-label = 照片
reporting-photo-ask = 拍一张坏了的地方，对您和客户都是保护。这张只作凭证，两年后删除。
reporting-photo-again = 请发一张照片；不方便拍，就选“不拍了”。
reporting-photo-skip = 不拍了
reporting-photo-help = 直接发照片。
reporting-left = 好的，没有上报。
reporting-arrive-first = 您还没说到了。到门口先说“到了”，还没人开门再点“有问题”。
reporting-inside = 您已经进门了，这一单不算进不了门。
reporting-done-no-access = 已经请客户开门，客服也在打电话。请在门口等到 { $until }；到时还没人开，点“没人开门，结束”。
reporting-done-dirtier = 记下了，公司知道了。要多做、多花时间，点“加项/加时”，客户同意了再做。
reporting-done-damage = 记下了，公司和客户都知道了，已登记保险。您别垫钱，也别和客户争，客服会处理。
reporting-done-unsafe = 先离开，人最要紧，不扣您的钱。到安全的地方等电话，或者打 { $phone }；急的打 110。
reporting-done-other = 记下了，公司马上看。
problem-no-access = 进不了门
problem-dirtier = 比说的脏很多
problem-damage = 弄坏了东西
problem-unsafe = 家里不安全
problem-other = 其他
told-staff-problem = { $worker }上报“{ $kind }”：{ $visit }，编号 { $reference }。{ $words ->
    [none] { "" }
   *[other] “{ $words }”。
}{ $photos ->
    [0] { "" }
   *[other] 有照片 { $photos } 张。
}{ $phone ->
    [none] 客户没有留电话。
   *[other] 客户电话 { $phone }。
}
told-at-door = { $worker }师傅已经在门口了，没人应门，请开一下门。等到 { $until } 还进不去，这次服务会结束，并按规则收费。
told-damage = { $worker }师傅报告：“{ $words }”。非常抱歉，已经登记保险，客服会联系您处理。急事请打 { $phone }。
noaccess-wait = 还要再等等：到 { $until } 还没人开门，再点“没人开门，结束”。
noaccess-may-go = 等够时间了。还是没人开门，就点下面结束；开门了就接着做。
noaccess-not-now = 这一单不是在门口等的状态，不能这样结束。
noaccess-done = 这一单结束了，是客户没开门，不算您的问题。辛苦了。
told-no-access = 师傅在门口等过了，一直没能进门，{ $visit } 这次服务结束了。费用：{ $fee }。有特殊情况请打 { $phone }，或者选“找客服”。
told-staff-no-access = 进不了门，已结束：{ $visit }，编号 { $reference }，按规则收 { $fee }。{ $phone ->
    [none] 客户没有留电话。
   *[other] 客户电话 { $phone }。
}

incidents-none = 没有待处理的上报。
incident-closed = 这一条已经处理过了。
incidents-title = 待处理的上报
incidents-told = { $count } 条上报待处理：
incidents-line = { $kind } · { $visit } · { $reference }{ $words ->
    [none] { "" }
   *[other] ：{ $words }
}{ $photos ->
    [0] { "" }
   *[other] （照片 { $photos } 张）
}
incidents-close = 处理 { $number }
closing-option = { $number } { $case }
closing-incident-label = 上报
closing-incident-ask = 处理哪一条？
closing-incident-help = 选一条，或者写编号，比如“#3”。
closing-reason-label = 结果
closing-reason-ask = 怎么处理的？写一句，会留在这一单的记录里。
closing-reason-help = “已和客户谈好，保险赔 200 元”。
closing-left = 好的，这一条还留着。
closing-done = { $number } 处理好了。

finishing-not-yet = 先别急，还有 { $count } 项必做的没勾。做不了的，点“有一项做不了”说明原因。
finishing-done = 辛苦了！已经请客户验收。这一单要收 { $amount }，客户怎么付的？
finishing-before = 这一单已经说过做完了。应收 { $amount }：
told-finished = 同伴已经点了做完：{ $visit }。辛苦了！
ending-soon = { $worker }师傅大约 { $ends } 做完，请回家一起看一看，不满意的当场就补：
overdue-asked = 到点了：{ $visit }。做完了吗？
overdue-told = 过了结束时间还没说做完：{ $visit }，编号 { $reference }，{ $worker }师傅。请打电话问一下。{ $phone ->
    [none] 客户没有留电话。
   *[other] 客户电话 { $phone }。
}

acceptance-asked = { $worker }师傅做完了。请看看这几处，选一个就行：
acceptance-accepted = 谢谢您！师傅知道了，会很高兴。
acceptance-later = 好的，您慢慢看，{ $hours } 小时内都可以说。
acceptance-nothing = 现在没有要验收的服务。
acceptance-not-now = { $state ->
    [accepted] 这次您已经验收合格了，谢谢！有新的问题，选“找客服”。
    [redo] 师傅正在补做，做好了会再请您看。
    [unchecked] 过了可以说的时间，这次就不再问了。有问题选“找客服”，一样会处理。
   *[none] 还没做完，做完了会请您验收。
}
told-accepted = 客户验收合格：{ $visit }。做得好！
redoing-nothing = 现在没有可以返工的服务。有不满意的，请选“找客服”或打 { $phone }。
redoing-visit-label = 服务
redoing-visit-ask = 是哪一次？
redoing-visit-help = 选一个，或者写预约号。
redoing-where-label = 哪里
redoing-where-ask = 哪里没做好？选一处，或者写一句：
redoing-where-help = “厨房灶台还有油”。
room-elsewhere = 别的地方
redoing-photo-label = 照片
redoing-photo-ask = 方便的话发一张照片，师傅看得更准。不发也行。
redoing-photo-again = 请发一张照片；不想发，就选“不发了”。
redoing-photo-skip = 不发了
redoing-photo-help = 直接发照片，或者选“不发了”。
redoing-left = 好的，先不返工。您看好了再告诉我。
redoing-done = 收到，抱歉没做好。已经请{ $worker }师傅马上补做，客服也知道了。补好了会请您再看。
told-redo = 客户请您补做：{ $place }（{ $visit }）。还在的话请马上补，补好了点“补好了”；已经走了，请等客服电话。
told-staff-redo = 要返工：{ $place }。{ $visit }，编号 { $reference }。{ $photos ->
    [0] { "" }
   *[other] 有照片 { $photos } 张。
}{ $phone ->
    [none] 客户没有留电话。
   *[other] 客户电话 { $phone }。
}
told-redone = { $worker }师傅说补好了：{ $place }。请再看看：
redone-done = 好的，已经请客户再看一遍。
redone-before = 这一单没有等着补做的。

payment-not-due = 这一单还没做完，做完了再收款。
payment-paid = 这一单已经收过款了。要更正，请打 { $phone } 找客服。
paying-due = 这一单要收 { $amount }，客户怎么付的？
paying-paid = 这一单已经收过款：{ $amount }。
paying-amount = 应收
paying-how = 收款
paying-done = 记下了：{ $way } { $amount }。收据已经发给客户，辛苦了！
paying-later = 记下了，{ $amount } 还没付，客服会跟进。您可以走了，辛苦了！
paid-by-cash = 现金
paid-by-wechat = 微信
paid-by-alipay = 支付宝
paid-by-transfer = 转账
paid-by-later = 还没付
told-paid = 收到 { $amount }（{ $way }），{ $visit }。谢谢您，下次再见！
told-paid-and-check = 收到 { $amount }（{ $way }），{ $visit }。谢谢您！还没验收的话，现在可以看看：
unpaid-none = 没有未收款的服务。
unpaid-title = 未收款
unpaid-told = { $count } 单还没收款，点开可以记下怎么付的：
unpaid-line = { $visit }，{ $name }，{ $amount }

story-left-out = 有一项没能做
story-photos-allowed = 同意拍照
story-photos-refused = 不拍照
story-extra-proposed = 师傅提出加项
story-extra-agreed = 同意加项
story-extra-refused = 不加项
story-extra-expired = 加项没有答复
story-extra-withdrawn = 师傅收回加项
story-no-answer = 师傅到门口，没人应门
story-problem-damage = 师傅报告损坏
story-approved = 验收合格
story-redo = 请师傅补做
story-redone = 补做完成
story-not-paid-yet = 还没付款
story-paid = 已付款

go-checklist = 清单
go-finishing = 做完了
go-adding = 加项/加时
go-reporting = 有问题
go-skipping = 有一项做不了
go-howfar = 做到哪了
go-photos = 看照片
go-allowphotos = 可以拍照
go-nophotos = 不要拍照
go-nophotos-back = 收回并删除
go-extrayes = 同意加 { $amount }
go-extrano = 不加
go-withdraw = 收回
go-noaccess = 没人开门，结束
go-accept = 合格
go-redoing = 需返工
go-later = 稍后看
go-redone = 补好了
go-paying = 收款
go-incidents = 看上报
go-unpaid = 未收款
