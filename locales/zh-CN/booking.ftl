# 预约
booking-family-label = 类别
booking-family-ask = 想约哪一类？也可以直接说，比如“深度保洁”。
booking-family-help = “日常保洁”“洗空调”“做饭”。
booking-service-label = 服务
booking-service-ask = 要哪一种？
booking-service-help = “日常保洁”，或者列表里的序号。
service-which = 您说的是哪一种？
service-line = { $name } { $price }
booking-by-request = { $name }（{ $price }）需要先和您聊聊家里的情况再推荐人选。已经替您登记，客服 { $by } 前会在这里联系您，现在不收费。
booking-quantity-label = 数量
booking-quantity-ask = 要多少？选一个，或者直接写数字。
booking-quantity-again = 没看懂数量，请写个数字，比如“3”。
booking-quantity-help = “3小时”“90平”“2台”。
quantity-out-of-range = 这项服务一次是 { $smallest }到 { $largest }，请在这个范围里选。
quantity-whole = 请给个整数，比如 3。
booking-add_ons-label = 加项
booking-add_ons-ask = 要不要加点什么？可以选几样，好了选“就这些”；不需要就选“不用加”。
booking-add_ons-none = 不用加
booking-add_ons-help = 选一样或几样，不需要就回复“不用”。
add-on-line = { $name } { $price }
booking-address-label = 地址
booking-address-ask = { $count ->
    [0] 去哪里？请写上区、路名和门牌，比如“武侯区科华北路12号3栋2单元501”。
   *[other] 去哪里？选一个，或者直接写新地址。
}
booking-address-again = 这不太像地址，请写上区、路名和门牌，比如“武侯区科华北路12号3栋501”。
booking-address-help = “武侯区科华北路12号3栋2单元501”。
address-place-unnamed = 收到位置了，不过还不知道门牌。请把区、路名和门牌打出来。
address-area-unknown = 看不出是哪个区。我们服务这些地方：{ $areas }。请带上区名再写一次；别的地方暂时还去不了。
booking-household-label = 家里情况
booking-household-ask = 家里有这些吗？我们好派合适的人。可以选几样，没有就选“都没有”。选了就是同意我们加密记下，随时可删。
booking-household-enough = 选好了
booking-household-none = 都没有
booking-household-help = 选一样或几样，没有就回复“没有”。
home-pets = 有宠物
home-elderly = 有老人
home-infants = 有婴幼儿
home-allergy = 对清洁剂过敏
booking-day-label = 日期
booking-day-ask = { $usual_days ->
        [none] 哪天方便？
       *[other] 哪天方便？按您常用的时间先列（{ $usual_days }）：
    }
booking-day-again = 没看懂日期，请写比如“后天”“周六”“12月3号”。
booking-day-help = “后天”“周六”“12月3号”。
day-which = 是哪一天？
day-past = { $day }已经过去了，换一天吧：
day-horizon = 最多能约 { $horizon } 天以内的，{ $day }太远了。近一些的有：
day-closed = { $day }我们休息。可以约的有：
day-notice = { $day }来不及安排了，这项服务需要提前约。最近可以约的有：
day-nobody = { $day }没有能做这项服务的师傅。可以约的有：
day-full = { $day }约满了。可以约的有：
day-by-request = 这项服务要先和客服聊，不能直接选时间。
visit-by-request = 这项服务要先和客服聊，不能直接选时间。
booking-window-label = 时间
booking-window-ask = { $usual_hours ->
        [none] { $day }这些时间有空，也可以直接说几点：
       *[other] { $day }这些时间有空，按您常用的时间先列（{ $usual_hours }）；也可以直接说几点：
    }
booking-window-again = 没看懂时间，请选一个，或者写“下午两点”。
booking-window-help = “上午九点”“下午”“14:00”。
window-taken = 这个时间刚刚被约走了。最近的还有：
window-which = 那段时间有这些，选一个：
window-not-free = { $wanted } 没有空了，最近的有：
window-not-free-part = 那段时间没有空了，最近的有：
booking-worker-label = 师傅
booking-worker-ask = 想让谁来？不挑就选“都可以”，我们派最合适的。
booking-worker-skip = 都可以
booking-worker-help = 师傅的名字，或者“都可以”。
worker-last-time = 上次来过
worker-rating = ★{ NUMBER($stars, maximumFractionDigits: 1) }
worker-new = 新师傅
worker-line = { $count ->
    [0] { $name } { $rating }
   *[other] { $name } { $rating } · { $reasons }
}
worker-intro = { $name }：{ $about }
worker-about = { $visits ->
    [0] { $rating }，{ $bio }
   *[other] { $rating }，服务 { $visits } 次。{ $bio }
}
worker-later = 确认后告诉您
worker-taken = 这位师傅刚刚被约走了，请另选一位：
reason-favourite = 您收藏的师傅
reason-been-here = 来过您家 { $visits } 次
reason-same-area = 当天就在附近
reason-rated = 评分 { $stars }（{ $times } 次评价）
reason-senior = 资深
reason-pets = 熟悉宠物家庭
reason-elderly = 会照顾老人
reason-infants = 懂婴幼儿家庭
reason-allergy = 可用低敏清洁剂
reason-language = 会说您的语言
reason-gender = 符合您的要求
booking-contact-label = 联系人
booking-contact-ask = 怎么称呼您？
booking-contact-again = 请告诉我怎么称呼您，比如“王女士”。
booking-contact-help = “王女士”“李明”。
booking-phone-label = 电话
booking-phone-ask = 留个手机号，师傅到了好联系您。只用来安排这次服务。
booking-phone-again = 这不像电话号码，请写 11 位手机号。
booking-phone-help = “13800001234”。
phone-too-short = 这个号码少了几位，请再看一下。
phone-too-long = 这个号码多了几位，请再看一下。
phone-invalid = 这个号码不对，请再看一下。
booking-note-label = 备注
booking-note-ask = 有什么要交代师傅的？没有就选“没有”。
booking-note-skip = 没有
booking-note-help = “钥匙在门卫”“有只猫，怕生”。
booking-total-label = 价格
booking-agreed-label = 确认
booking-agreed-ask = 请看一下，没问题就选“确认预约”。这个时间为您保留 { $minutes } 分钟。确认即同意服务条款，想看就发“条款”。
booking-agreed-again = 请回复“确认”，或者选“修改”“取消”。
booking-agreed-yes = 确认预约
booking-agreed-help = 回复“确认”下单，“修改”改一项，“取消”不要了。
booking-placed = 约好了！明细在下面，改时间或取消随时跟我说。
booking-requested = 收到！这项服务需要确认人手，最晚 { $answer_by } 前答复您。时间已经为您留着。
visit-too-many-open = 您已经有 { $limit } 个还没完成的预约，暂时不能再约。可以先改时间或取消一个；有急事请打 { $phone }。

# 价格的算法
quote-product = { $each } × { $quantity } = { $amount }
quote-minimum = 起步价补足
quote-minimum-made = 不足 { $minimum }，补 { $amount }
quote-travel = 上门路费
quote-percent = 加 { $percent }% = { $amount }
quote-early-late = 早晚时段
quote-spring-festival = 春节前后
quote-holiday = 法定节假日
quote-total = 合计

# 卡片
card-title = 预约 { $reference }
card-status = 状态
card-what = 服务
card-what-made = { $name } { $quantity }
card-add-ons = 加项
card-when = 时间
card-where = 地址
card-team = 可以来的师傅
card-who = 师傅
card-contact = 联系人
card-note = 备注
card-price = 价格
card-fee = 费用
card-includes = 包含
card-excludes = 不含
card-acceptance = 验收
card-free-until = { $at } 前可免费改时间或取消
card-fee-now = 现在改时间或取消可能收费，会先告诉您金额
card-answer-by = 最晚 { $at } 前答复您
rules-line = { $free_until } 前免费改或取消；之后收 { $percent }%（最多 { $most }），开始前 { $hours } 小时内收 { $last_percent }%（最多 { $last_most }）。确认即表示同意。
visit-line = { $when } { $name }
status-requested = 等待确认
status-confirmed = 已确认
status-on-the-way = 师傅在路上
status-arrived = 师傅已到
status-working = 服务中
status-finished = 已完成
status-cancelled = 已取消
status-declined = 没能安排
status-lapsed = 没能安排
status-no-access = 未能进门
status-missed = 师傅没到
day-none = 抱歉，您那里的{ $name }最近都约满了。已经替您登记，客服 { $by } 前会在这里联系您想办法；急的话请打 { $phone }。
