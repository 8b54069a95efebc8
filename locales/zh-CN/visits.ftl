# 我的预约、进度、改时间、取消
visits-title = 接下来的预约
visits-several = 您有 { $count } 个预约，点开看明细：
visits-none = 您现在没有预约。要约一个吗？
visits-none-but-last = 您现在没有预约。上次是{ $visit }，要再来一单吗？
visit-shown = 这是您的预约：
visit-unknown = 没找到这个预约，请从“我的预约”里点开。
visit-move-not-allowed = 这个预约现在是“{ $status ->
    [requested] { status-requested }
    [confirmed] { status-confirmed }
    [on_the_way] { status-on-the-way }
    [arrived] { status-arrived }
    [working] { status-working }
    [finished] { status-finished }
    [cancelled] { status-cancelled }
    [declined] { status-declined }
    [lapsed] { status-lapsed }
    [no_access] { status-no-access }
   *[missed] { status-missed }
}”，不能这样改了。
visit-nobody-free = 那个时间没有别的师傅有空。
visit-too-far = 最多只能改到 { $days } 天以内，请换一天：

progress-requested = 还在确认人手，最晚 { $answer_by } 前答复您。预约时间是{ $when }。
progress-confirmed = { $team }会在{ $when } 上门（{ $in_ }）。有事请打 { $phone }。
progress-on-the-way = { $team }已经在路上了。联系不上请打 { $phone }。
progress-arrived = { $team } { $since } 到了。没见到人请点“还没见到”，或者打 { $phone }。
progress-working = { $team }正在服务，预计 { $until } 结束，到时请一起验收。有事请打 { $phone }。
progress-finished = { $name }已经完成，谢谢您！
progress-cancelled = 这个预约已经取消了，需要的话可以再约。
progress-declined = 这个预约没能安排上，抱歉。可以换个时间再约。
progress-lapsed = 这个预约没能安排上，抱歉。可以换个时间再约，没有收费。
progress-no-access = 师傅到了但没能进门，预约已结束。有疑问请打 { $phone }。
progress-missed = 师傅没有到，非常抱歉。请打 { $phone }，我们马上处理。
story-placed = 提交预约
story-confirmed = 公司确认
story-assigned = 安排师傅
story-moved = 改了时间
story-on-the-way = 师傅出发
story-arrived = 师傅到达
story-working = 开始服务
story-finished = 服务完成
story-cancelled = 已取消
story-declined = 没能安排
story-lapsed = 到时未确认
story-no-access = 未能进门
story-missed = 师傅没到
story-replaced = 换了师傅
story-offered = 问师傅
story-accepted = 师傅接单
story-offer-declined = 师傅没接
story-offer-expired = 师傅没答复
story-unaccepted = 还没有师傅接

moving-nothing = 您现在没有可以改时间的预约。
moving-visit-label = 预约
moving-visit-ask = 要改哪一个？
moving-visit-help = 选一个，或者写预约号。
moving-day-label = 日期
moving-day-ask = 改到哪天？
moving-day-again = 没看懂日期，请写比如“后天”“周六”“12月3号”。
moving-day-help = “后天”“周六”“12月3号”。
moving-window-label = 时间
moving-window-ask = { $day }这些时间有空，也可以直接说几点：
moving-window-again = 没看懂时间，请选一个，或者写“下午两点”。
moving-window-help = “上午九点”“下午”“14:00”。
moving-fee-label = 费用
moving-total-label = 价格
moving-agreed-label = 确认
moving-agreed-ask = 这样改可以吗？
moving-agreed-again = 请回复“确认”，或者选“修改”“不改了”。
moving-agreed-yes = 确认改时间
moving-agreed-help = 回复“确认”就改，选“不改了”就保持原来的时间。
moving-cancel = 不改了
moving-left = 好的，时间不变。
moving-from = 原来
moving-to = 改到
moving-total = 新价格
moving-done = 改好了，新的时间在下面。没有收费。
moving-done-fee = 改好了，新的时间在下面。改期费 { $fee }。

cancelling-nothing = 您现在没有可以取消的预约。
cancelling-visit-label = 预约
cancelling-visit-ask = 要取消哪一个？
cancelling-visit-help = 选一个，或者写预约号。
cancelling-reason-label = 原因
cancelling-reason-ask = 方便说说原因吗？不想说就跳过。
cancelling-reason-help = 选一个，或者写一句。
cancelling-reason-plans = 时间不合适了
cancelling-reason-ill = 身体不舒服
cancelling-reason-price = 价格原因
cancelling-reason-worker = 想换师傅
cancelling-reason-other = 其他
cancelling-fee-label = 费用
cancelling-agreed-label = 确认
cancelling-agreed-ask = 现在取消不收费。确定取消吗？
cancelling-agreed-ask-fee = 现在取消要收 { $fee }。确定取消吗？
cancelling-agreed-again = 要取消这个预约吗？请选“确认取消”或“保留预约”。
cancelling-agreed-yes = 确认取消
cancelling-cancel = 保留预约
cancelling-left = 好的，预约保留不变。
cancelling-agreed-help = 选“确认取消”就取消，选“保留预约”就不变。
cancelling-done = 已经取消，没有收费。下次需要随时叫我。
cancelling-done-fee = 已经取消，收费 { $fee }。下次需要随时叫我。

fee-unassigned = 免费（还没安排师傅）
fee-free = 免费（{ $free_until } 前都免费）
fee-free-move = 免费（免费改期次数内）
fee-late = { $fee }（已过 { $free_until }，按 { $percent }%，最多 { $cap }）
fee-last-minute = { $fee }（快开始或师傅已出发，按 { $percent }%，最多 { $cap }）
fee-no-access = { $fee }（未能进门，按 { $percent }%，最多 { $cap }）
fee-waived = 免费（这次给您免了）
visit-fee-changed = 时间过了一个节点，费用有变，请再确认一下：
visit-total-changed = 新时间的价格有变，请再确认一下：

near-day = 提醒一下：{ $when } 有上门服务。时间不方便可以现在改。
near-hours = 师傅马上就到点出发了：{ $when }。请留意电话和门铃。

reminded-of-none = 您现在没有预约。约好以后，上门前一天和前 2 小时都会提醒您，师傅出发也会说一声。
reminded-to-come = 会的。{ $when }这次，{ $at }提醒您，师傅出发时也会说一声。
reminded-said = { $when }这次，{ $at }提醒过您了。师傅出发时还会说一声。
reminded-on-the-way = { $when }这次，师傅出发时会告诉您大概几点到。
