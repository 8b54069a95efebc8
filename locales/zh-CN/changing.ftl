# 换人、改期、取消、没到：谁来不了，怎么补救；以及员工在聊天里怎么办
because-ill = 身体不舒服
because-accident = 路上出了意外
because-family = 家里有急事
because-weather = 天气恶劣
because-safety = 安全原因
because-staffing = 人手不够
because-wish = 客户要求
because-other = 其他原因
because-dropped-out = 师傅来不了
because-ill-told = 师傅身体不舒服
because-accident-told = 师傅路上出了意外
because-family-told = 师傅家里有急事
because-wish-told = 按您的要求
because-other-told = 临时有变动
card-free-now = 换人期间，改时间和取消都不收费

owed-refund = ，之前收的 { $amount } 会退
owed-coupon = ，另给一张 { $amount } 的优惠券
owed-points = ，会记入 { $amount } 积分
owed-discount = ，这一单少收 { $amount }
owed-nothing-due = 不收费{ $owed }
compensation-refund = 补偿：退款
compensation-coupon = 补偿：优惠券
compensation-points = 补偿：积分
compensation-discount = 补偿：减免
compensation-line = { $amount }（{ $why }，{ $settled ->
    [settled] 已兑现
   *[owed] 待兑现
}）
compensation-for-called-off = 公司取消
compensation-for-dropped-out = 师傅来不了，客户取消
compensation-for-missed = 师傅没到
compensation-for-late = 师傅迟到
compensation-for-kept = 迟到后仍然接受服务

go-dropping = 来不了
go-agenda = 今天的安排
go-ticket = 看明细
go-unconfirmed = 没确认的
go-late = 迟到的
go-reassigning = 改派
go-rescheduling = 改时间
go-callingoff = 公司取消
go-missed = 师傅没到

dropping-nothing = 您接下来没有要去的上门安排，不用请假。
dropping-before = 这一单您已经说过来不了：{ $visit }。我们正在安排，有结果马上告诉您。
dropping-not-yours = 这一单现在不是您的，不用去，也不用请假。
dropping-visit-label = 上门安排
dropping-visit-ask = 哪一单来不了？
dropping-visit-help = 选一个，或者写编号。
dropping-reason-label = 原因
dropping-reason-ask = 出什么事了？选一个，或者写一句。
dropping-reason-help = “身体不舒服”“家里有急事”。
dropping-agreed-label = 确认
dropping-agreed-ask = 确定来不了吗？确定了我们马上找人替您。
dropping-agreed-again = 请选“确定来不了”，或者“还是能去”。
dropping-agreed-yes = 确定来不了
dropping-agreed-help = 选“确定来不了”，或者“还是能去”。
dropping-cancel = 还是能去
dropping-left = 好的，安排不变，辛苦您。
dropping-done = 知道了，这一单不用去了，已经找到人替您：{ $visit }。您先忙自己的事，保重。
dropping-done-near = 知道了，这一单不用去了，已经找到人替您：{ $visit }。离上门很近了，请再打个电话 { $phone } 跟公司说一声。
dropping-done-nobody = 知道了：{ $visit }。还没找到能替的人，客户和公司都已经知道，有结果马上告诉您。保重。
dropping-done-nobody-near = 知道了：{ $visit }。还没找到能替的人，离上门又很近，请马上打 { $phone }。客户和公司都已经知道。
told-reassigned = 请您去这一单：{ $visit }（{ $area }），编号 { $reference }。去不了的话，请马上点“来不了”。
told-instead = 有人来不了，请您去：{ $visit }（{ $area }），编号 { $reference }。您也去不了的话，请马上点“来不了”。
told-nobody-comes = { $name }来不了（{ $reason }）：{ $visit }，编号 { $reference }，没有找到能替的人。{ $asked ->
    [yes] 已经请客户改时间或免费取消，请尽快想办法。
   *[no] 这个预约还没确认，请改派或者回绝。
}
told-nobody-answered = { $visit }，编号 { $reference }：没有师傅去，客户也没有回复。{ $phone ->
    [none] 客户没有留电话。
   *[other] 请马上打客户电话 { $phone }。
}

replacing-nothing = 您的预约都没有变动，不用选。
replacing-settled = 这件事已经定好了：{ $when } 由{ $team }上门。
replacing-offered = 很抱歉，{ $who }临时来不了。{ $when } 可以由{ $instead }（{ $about }）上门，时间和价格都不变。{ $by } 前没收到您的回复，{ $instead }就按时来。改时间不收费；取消也不收费{ $owed }。
replacing-nobody = 非常抱歉，{ $who }临时来不了，{ $when } 也没有别的师傅有空。下面这些时间可以来，改了不收费；取消也不收费{ $owed }。
replacing-nobody-no-time = 非常抱歉，{ $who }临时来不了，{ $when } 和前后几天都没有别的师傅有空。改到以后不收费；取消也不收费{ $owed }。
replacing-agree = 同意换人
replacing-other-time = 别的时间
replacing-cancel-free = 免费取消
replacing-agreed = 好的，谢谢您体谅！{ $team }会在{ $when } 上门。
replacing-kept = 没收到您的回复，就由{ $instead }按时上门：{ $when }。请留意电话和门铃。
replacing-kept-so-far = 好的，先不取消。
replacing-cancelled = 已经取消，没有收费{ $owed }。耽误您了，很抱歉。想再约就点“再来一单”，内容都替您填好了。
replacing-visit-label = 预约
replacing-visit-ask = 说的是哪个预约？
replacing-visit-help = 选一个，或者写预约号。
replacing-way-label = 怎么安排
replacing-way-ask = 您看怎么安排？也可以说“改时间”。
replacing-way-help = 选一个，或者说“改时间”。
replacing-sure-label = 确认
replacing-sure-ask = 确定取消吗？不收费。
replacing-sure-help = 选“确定取消”或者“不取消”。
replacing-sure-yes = 确定取消
replacing-sure-no = 不取消
replacing-cancel = 先不选
replacing-left = 好的，不着急，到时间前都可以选。

callingoff-visit-label = 预约
callingoff-visit-ask = 公司要取消哪一个？选一个，或者写编号。
callingoff-visit-help = 选一个，或者写编号。
callingoff-reason-label = 原因
callingoff-reason-ask = 为什么取消？客户会看到。选一个，或者写一句。
callingoff-reason-help = “天气恶劣”，或者写一句给客户看的话。
callingoff-gets = 客户得到
callingoff-agreed-label = 确认
callingoff-agreed-ask = 确定由公司取消吗？客户和师傅会马上收到通知。
callingoff-agreed-yes = 确定取消
callingoff-agreed-help = 选“确定取消”，或者“不取消”。
callingoff-cancel = 不取消
callingoff-left = 好的，预约不变。
callingoff-done = 已取消 { $reference }，客户不收费{ $owed }。{ $phone ->
    [known] 客户和师傅都收到通知了。
    [none] 哪个渠道都发不到客户，也没有留电话。
   *[other] 哪个渠道都发不到客户，请打电话 { $phone } 告诉一声。
}
told-called-off = 非常抱歉，{ $visit }我们来不了了（{ $reason }）。不收费{ $owed }。新的时间您先挑，点“再来一单”，内容都替您填好了。

missed-early = 还没到开始时间：{ $when }。到点没人来，再记也不迟。
missed-visit-label = 预约
missed-visit-ask = 哪一单师傅没到？选一个，或者写编号。
missed-visit-help = 选一个，或者写编号。
missed-reason-label = 原因
missed-reason-ask = 知道原因吗？客户会看到。选一个，或者写一句。
missed-reason-help = “家里有急事”，或者写一句。
missed-agreed-label = 确认
missed-agreed-ask = 确定师傅没到吗？预约会结束，客户会马上收到道歉。
missed-agreed-yes = 确定没到
missed-agreed-help = 选“确定没到”，或者“再等等”。
missed-cancel = 再等等
missed-left = 好的，预约不变。
missed-words = 师傅没到：{ $visit }（{ $reason }）
missed-done = { $reference } 记为师傅没到，客户不收费{ $owed }，已经放进待办，请联系客户。{ $phone ->
    [known] 道歉已经发给客户。
    [none] 哪个渠道都发不到客户，也没有留电话。
   *[other] 哪个渠道都发不到客户，请打电话 { $phone }。
}
told-missed = 实在对不起，{ $visit }师傅没有来（{ $reason }）。不收费{ $owed }。客服会联系您，急的话请打 { $phone }。想换个时间，点“再来一单”，内容都替您填好了。

reassigning-nobody = { $visit }：那个时间没有别的师傅有空。可以改时间，或者由公司取消。
reassigning-visit-label = 预约
reassigning-visit-ask = 改派哪一单？选一个，或者写编号。
reassigning-visit-help = 选一个，或者写编号。
reassigning-leaving-label = 谁不去
reassigning-leaving-ask = 换下哪一位？
reassigning-leaving-help = 选一位，或者写名字。
reassigning-worker-label = 谁去
reassigning-worker-ask = 派谁去？最合适的在前面，也可以写名字。
reassigning-worker-help = 选一位，或者写名字。
reassigning-reason-label = 原因
reassigning-reason-ask = 为什么换？客户会看到。选一个，或者写一句。
reassigning-reason-help = “身体不舒服”，或者写一句。
reassigning-done = { $reference } 改派给{ $team }了，{ $when }。两位师傅都收到通知了。{ $phone ->
    [known] 客户也知道了。
    [none] 哪个渠道都发不到客户，也没有留电话。
   *[other] 哪个渠道都发不到客户，请打电话 { $phone } 告诉一声。
}
told-replaced = 您的预约换了师傅（{ $reason }）：{ $when } 由{ $team }上门，时间和价格都不变。

rescheduling-nothing = 最近都没有空的时间了，可以由公司取消，或者先改派。
rescheduling-visit-label = 预约
rescheduling-visit-ask = 改哪一单的时间？选一个，或者写编号。
rescheduling-visit-help = 选一个，或者写编号。
rescheduling-day-label = 日期
rescheduling-day-ask = 改到哪天？
rescheduling-day-help = “后天”“周六”“12月3号”。
rescheduling-window-label = 时间
rescheduling-window-ask = { $day }这些时间有空，也可以直接说几点：
rescheduling-window-help = “上午九点”“14:00”。
rescheduling-reason-label = 原因
rescheduling-reason-ask = 为什么改？客户会看到。选一个，或者写一句。
rescheduling-reason-help = “客户要求”，或者写一句。
rescheduling-agreed-label = 确认
rescheduling-agreed-ask = 这样改吗？不收费，也不算客户改过。
rescheduling-agreed-yes = 确认改时间
rescheduling-agreed-help = 选“确认改时间”，或者“不改了”。
rescheduling-cancel = 不改了
rescheduling-left = 好的，时间不变。
rescheduling-done = { $reference } 改好了：{ $when }，{ $team }。师傅收到通知了。{ $phone ->
    [known] 客户也知道了。
    [none] 哪个渠道都发不到客户，也没有留电话。
   *[other] 哪个渠道都发不到客户，请打电话 { $phone } 告诉一声。
}
told-rescheduled = 您的预约改了时间（{ $reason }）：{ $when }，{ $team }上门。不收费；时间不合适可以再改。

agenda-title = 上门
agenda-told = { $day }的上门：
agenda-none = { $day }没有上门安排。
agenda-line = { $name } · { $team } · { $status } · { $reference }
agenda-late = ⚠ 晚了 { $minutes } 分钟 · { $name } · { $team } · { $status } · { $reference }
agenda-open = { $hours } { $team }
agenda-more = 后面的
agenda-next-day = 后一天
unconfirmed-none = 今天和明天的上门，师傅都确认了。
unconfirmed-told = 今明两天有 { $count } 单师傅还没确认：
late-none = 没有迟到的。
late-told = 有 { $count } 单到点了还没有人到：
found-none = 没找到“{ $said }”的预约。
found-told = “{ $said }”接下来有 { $count } 个预约：
desk-visit = { $visit } · { $team }
ticket-told = 现在的情况：
ticket-customer = 客户
ticket-phone = 电话
ticket-open = 换人
ticket-choosing = 等客户选，{ $by } 前没回复就按时去
ticket-nobody = 没有人去，等客户或者员工安排
ticket-replaced = { $left }换成{ $came }，{ $why }
ticket-story = { $has ->
    [why] { $what }（{ $who }：{ $why }）
   *[none] { $what }（{ $who }）
}
story-dropped-out = 师傅来不了
story-agreed = 同意换人
story-went-ahead = 按时由新师傅上门
