# 投诉怎么办：同事看、回、记、补偿、了结；客户选；师傅说明
case-number = 投诉 { $number } 号
case-line = { $level } { $about } · { $name } · { $what ->
    [human] 答复
    [plan] 方案
    [resolved] 处理完
   *[waits] 等客户回话
    }{ $left ->
    [none] {""}
   *[other] { $left }
    }
case-queue = { $count } 个投诉要处理{ $own ->
    [0] {""}
   *[other] ，您名下 { $own } 个
    }。最急的在前{ $more ->
    [0] 。
   *[other] ，还有 { $more } 个没列出来。
    }
case-queue-title = 投诉
case-queue-none = 现在没有要处理的投诉。
case-state = 投诉 { $number } 号：{ $status ->
    [waiting] 在等客户回话
    [resolved] 已处理，等客户确认
    [closed] 已关闭
   *[open] 处理中
    }。{ $acknowledged ->
    [over] {""}
    [yes] { $owner }在办。
   *[no] { $owner }还没接。
    }
case-no-words = （客户没写）
case-photos = （照片录音 { $count } 张）
complaint-card-why = 定级
case-follows = 接着
case-reach = 能否发到
case-worker = 师傅
case-offers = 补偿
case-statement-due = { $name }：还没说明，{ $by } 前
case-statement = { $name }：“{ $words }”{ $photos ->
    [0] {""}
   *[other] （照片 { $photos } 张）
    }
case-authority = 您可以定：{ $most } 以内，或 { $points } 积分以内

case-window-none = 没有聊天，只能打电话
case-window-free = { $channel }，随时能发
case-window-open = { $channel }{ $until ->
    [none] ，还能发 { $left } 条
   *[other] 还能发到 { $until }，余 { $left } 条
    }
case-window-closed = { $channel }现在发不出去，要等客户先说话；急的请打电话
case-channel-web = 网页聊天
case-channel-telegram = Telegram
case-channel-wechat = 微信
case-channel-wecom = 企业微信
case-channel-kf = 微信客服
case-channel-console = 终端

case-step-opened = { $words ->
    [none] 客户投诉
   *[other] 客户投诉：{ $words }
    }
case-step-added = 客户补充：{ $words ->
    [none] （没写）
   *[other] { $words }
    }
case-step-asked = 请{ $who ->
    [none] 公司负责人
   *[other] { $who }
    }接
case-step-raised = 升级，请{ $who ->
    [none] 公司负责人
   *[other] { $who }
    }接
case-step-called = 又催了一次
case-step-acknowledged = { $who }接了
case-step-passed = { $who }转给{ $to }：{ $words }
case-step-note = 🔒 { $who }备注：{ $words }
case-step-said = { $who }→客户：{ $words }
case-step-heard = 客户：{ $words ->
    [none] （照片或录音）
   *[other] { $words }
    }
case-step-planned = { $who }→客户，方案：{ $words }
case-step-proposed = { $who }加了补偿：{ $remedy }
case-step-drafted = { $who }申请补偿：{ $remedy }
case-step-approved = { $who }批准：{ $remedy }{ $words ->
    [none] {""}
   *[other] （{ $words }同意）
    }
case-step-withdrawn = { $who }不批：{ $remedy }{ $words ->
    [none] {""}
   *[other] （{ $words }）
    }
case-step-offered = { $who }请客户选补偿
case-step-chosen = 客户选了：{ $remedy }
case-step-refused = 客户都不满意{ $words ->
    [none] {""}
   *[other] ：{ $words }
    }
case-step-redone = 客户约好了再上门
case-step-resolved = { $who }→客户，结果：{ $words }
case-step-solved = 客户说解决了
case-step-reopened = 重新打开
case-step-closed = 关闭
case-step-closed-silent = 客户一直没回话，关闭
case-step-closed-settled = 问过客户没回音，关闭
case-step-stated = { $worker }说明：{ $words }
case-step-manager = 客户要找经理
case-step-worse = 定级提高：{ $words }
case-step-human-missed = 超时：没人答复
case-step-plan-missed = 超时：没给方案
case-step-resolved-missed = 超时：没处理完
case-step-follow-up = 问客户解决了没有
case-step-nudge = 提醒客户回话
case-step-other = { $what }{ $words ->
    [none] {""}
   *[other] ：{ $words }
    }

case-said = { $member }：{ $words }
case-reply-sent = 已发给{ $name }：“{ $words }”{ $phone ->
    [known] {""}
    [none] 
        但客户在哪里都收不到，也没留电话。
   *[other] 
        但客户在哪里都收不到，请打电话：{ $phone }
    }
    { $window }
case-noted = 🔒 备注好了，只有内部看得到：“{ $words }”
case-planned = { $member }：{ $words }
    { $until } 前办好。
case-plan-sent = 已告诉{ $name }：“{ $words }”，{ $until } 前办好。{ $phone ->
    [known] {""}
    [none] 
        但客户在哪里都收不到，也没留电话。
   *[other] 
        但客户在哪里都收不到，请打电话：{ $phone }
    }
case-passed = 投诉 { $number } 号已转给{ $to }，请对方来接。
case-passed-gone = 投诉 { $number } 号已经转给{ $owner }。
case-passed-told = { $giver }把投诉 { $number } 号转给您{ $reason ->
    [none] {""}
   *[other] ：“{ $reason }”
    }。请在 { $by } 前点“我来”。
case-customer-wrote = 投诉 { $number } 号，{ $name }：{ $words ->
    [none] {""}
   *[other] “{ $words }”
    }{ $photos ->
    [0] {""}
   *[other] （照片或录音 { $photos } 张）
    }
case-heard = { $member ->
    [none] 收到，已经转给负责的同事
   *[other] 收到，{ $member }会看到
    }{ $by ->
    [none] 。
   *[other] ，{ $by } 前答复您。
    }
case-so-solved = 谢谢您！那这件事算解决了吗？
case-told-solved = 投诉 { $number } 号：{ $name }说解决了，已关闭。
case-reassign = 给{ $day }换人
case-resolved = { $member }：投诉 { $number } 号处理好了。{ $outcome }
    过两天我们再问您一次；有哪里不对，直接在这里说。

case-remedy-apology = 正式道歉
case-remedy-redo = { $hours } 小时内免费再上门做一次
case-remedy-replace = 以后换别的师傅来
case-remedy-refund = 退款 { $amount }
case-remedy-coupon = { $amount } 优惠券
case-remedy-points = { $amount } 积分
case-remedy-insurance = 走保险理赔
case-remedy-stands = { $remedy }（{ $status ->
    [drafted] 等批准
    [offered] 可选
    [chosen] ✓ 客户选了
    [refused] 客户没要
   *[withdrawn] 已撤回
    }）
case-remedy-proposed = 可以请客户选了：{ $offers }
case-remedy-drafted = { $remedy } 超出您的权限，{ $rung ->
    [lead] 已请主管批准。
    [manager] 已请经理批准。
   *[owner] 要公司负责人同意：{ $phone }。打通后由经理批准。
    }
case-remedy-asked = { $giver }想给投诉 { $number } 号的客户：{ $remedy }，请您批准。
case-offered = { $member }：{ $count ->
    [1] 想这样补偿您，您看行不行？
   *[other] 想这样补偿您，您选一样：
    }
case-offers-sent = 已请{ $name }选：{ $offers }。选好了马上告诉您。{ $phone ->
    [known] {""}
    [none] 
        但客户在哪里都收不到，也没留电话。
   *[other] 
        但客户在哪里都收不到，请打电话：{ $phone }
    }
remedy-gone = 这一样已经不能选了。
remedy-too-many = 一次最多让客户选 { $most } 样。
remedy-unfit = 这一样在这个投诉上用不了。

case-cause-skill = 手艺
case-cause-conduct = 态度作风
case-cause-process = 流程
case-cause-dispatch = 派单
case-cause-information = 没说清楚
case-cause-price = 价格
case-cause-expectation = 期望不同
case-cause-material = 材料工具
case-cause-third-party = 第三方
case-cause-unfounded = 查无此事

replying-case-label = 投诉
replying-case-ask = 回复哪个投诉的客户？
replying-case-help = 写编号，比如“12”。
replying-message-label = 回复
replying-message-ask = 写给客户的话，写一条发一条：
replying-message-help = “王女士您好，我是安心家政的周敏，看到您说的情况了。”
replying-done = 完成
replying-wait = 完成，等客户回话
replying-only-words = 图片和语音现在还转不过去，请写成文字。
replying-left = 好的，没有再发。
replying-cancel = 不发了
replying-ended-done = 好，{ $name }回话会马上转给您。
replying-ended-wait = 好，在等{ $name }回话，处理期限先停表；明天还没回，会提醒一次。
noting-case-label = 投诉
noting-case-ask = 给哪个投诉写备注？只有内部看得到。
noting-case-help = 写编号，比如“12”。
noting-words-label = 备注
noting-words-ask = 🔒 写备注，只有内部看得到，不会发给客户：
noting-words-help = “已看过照片，确实没擦。”
noting-left = 好的，没有记。
planning-case-label = 投诉
planning-case-ask = 给哪个投诉的客户说方案？
planning-case-help = 写编号，比如“12”。
planning-words-label = 方案
planning-words-ask = 打算怎么办？这句话会发给客户：
planning-words-help = “明天上午请王师傅免费再做一次厨房。”
planning-until-label = 期限
planning-until-ask = 什么时候前办好？选一个，或者写“明天下午三点”。
planning-until-help = “明天下午三点”。
planning-until-past = 这个时间已经过了。
planning-left = 好的，没有发给客户。
remedying-case-label = 投诉
remedying-case-ask = 给哪个投诉的客户补偿？
remedying-case-help = 写编号，比如“12”。
remedying-kind-label = 补偿
remedying-kind-ask = 补偿什么？
remedying-kind-help = 选一样；也可以写“道歉”。
remedying-amount-label = 多少
remedying-amount-ask = 多少？选一个，或者直接写数字（钱按元）。
remedying-amount-help = “50”。
remedying-amount-unlikely = 这个数不像。钱按元写，比如“50”。
remedying-points = { $amount } 积分
remedying-money = { $amount }
remedying-kind-redo = 免费再上门
remedying-kind-coupon = 优惠券
remedying-kind-points = 积分
remedying-kind-refund = 退款
remedying-kind-replace = 换师傅
remedying-kind-insurance = 保险理赔
remedying-kind-apology = 道歉
remedying-left = 好的，没有加补偿。
approving-case-label = 投诉
approving-case-ask = 批哪个投诉的补偿？
approving-case-help = 写编号，比如“12”。
approving-remedy-label = 补偿
approving-remedy-ask = 批哪一样？
approving-remedy-help = 选一样。
approving-verdict-label = 批不批
approving-verdict-ask = 批准吗？
approving-verdict-help = 选“批准”或“不批”。
approving-verdict-yes = 批准
approving-verdict-no = 不批
approving-word_of-label = 谁同意的
approving-word_of-ask = 这要公司负责人同意。电话里谁同意的？写名字：
approving-word_of-help = “李总”。
approving-reason-label = 原因
approving-reason-ask = 为什么不批？写一句，申请的同事会看到：
approving-reason-help = “先免费补做一次再说。”
approving-what = 补偿
approving-who = 谁申请的
approving-none = 没有等批准的补偿。
approving-before = { $status ->
    [offered] 这一样已经有人批准了。
    [withdrawn] 这一样已经撤回了。
   *[other] 客户已经选过了。
    }
approving-left = 好的，先不批，申请还在。
approving-told-yes = 投诉 { $number } 号：{ $by }批准了“{ $remedy }”，可以请客户选了。
approving-told-no = 投诉 { $number } 号：{ $by }没批“{ $remedy }”：“{ $reason }”
approving-done-yes = 已批准“{ $remedy }”，告诉{ $name }了。
approving-done-no = 没批“{ $remedy }”，告诉{ $name }了。
resolving-case-label = 投诉
resolving-case-ask = 哪个投诉处理好了？
resolving-case-help = 写编号，比如“12”。
resolving-cause-label = 原因
resolving-cause-ask = 是什么原因？
resolving-cause-help = 选一个最主要的。
resolving-cause-more = 别的原因
resolving-other-label = 原因
resolving-other-ask = 别的原因：
resolving-other-help = 选一个。
resolving-upheld-label = 客户说得对吗
resolving-upheld-ask = 查下来，客户说得对吗？
resolving-upheld-help = 选一个。
resolving-upheld-yes = 对，是我们的问题
resolving-upheld-no = 不是我们的问题
resolving-outcome-label = 结果
resolving-outcome-ask = 结果怎么跟客户说？这句话会发给客户：
resolving-outcome-help = “厨房已经补做好了，20 元优惠券也记上了。”
resolving-left = 好的，还没了结。
resolving-done = 投诉 { $number } 号了结，已告诉{ $name }：“{ $outcome }”
    { $at } 会问客户解决了没有。{ $phone ->
    [known] {""}
    [none] 
        但客户在哪里都收不到，也没留电话。
   *[other] 
        但客户在哪里都收不到，请打电话：{ $phone }
    }
passing-case-label = 投诉
passing-case-ask = 转哪个投诉？
passing-case-help = 写编号，比如“12”。
passing-to-label = 转给
passing-to-ask = 转给谁？
passing-to-help = 选一位，或者写名字。
passing-reason-label = 原因
passing-reason-ask = 为什么转？对方会看到：
passing-reason-help = “客户要主管谈赔偿。”
passing-nobody = 现在没有别的同事能接。
passing-member = { $name }（{ $rank ->
    [clerk] 客服
    [lead] 主管
   *[manager] 经理
    }{ $duty ->
    [on] ，在班
   *[off] {""}
    }）
passing-left = 好的，没有转。
asking-case-label = 投诉
asking-case-ask = 为哪个投诉问师傅？
asking-case-help = 写编号，比如“12”。
asking-worker-label = 师傅
asking-worker-ask = 问哪位师傅？
asking-worker-help = 选一位。
asking-nobody = 这个投诉没有对应的上门，没有师傅可问。
asking-done = 已请{ $name }说明当时的情况，{ $by } 前。只问这次上门，不会告诉客户的原话。
asking-said = { $name }已经说明了：“{ $words }”
stating-asked-label = 上门
stating-asked-ask = 说明哪一次上门？
stating-asked-help = 选一次。
stating-words-label = 情况
stating-words-ask = 请说说当时的情况：几点到、做了什么、有没有特别的事。照实写就行。
stating-words-help = “九点到的，厨房客户说先不做，做了两间卧室。”
stating-photo-label = 照片
stating-photo-ask = 有照片的话发一张，没有就选“没有照片”。
stating-photo-again = 请发照片；没有就选“没有照片”。
stating-photo-skip = 没有照片
stating-photo-help = 直接发照片，或者选“没有照片”。
stating-nothing = 现在没有要您说明的。
stating-done = 收到，谢谢。需要再问会找您。
stating-told = 投诉 { $number } 号：{ $name }说明了：“{ $words }”{ $photos ->
    [0] {""}
   *[other] （照片 { $photos } 张）
    }
stating-left = 好的，等会儿再说也行。
choosing-case-label = 投诉
choosing-case-ask = 哪个投诉？
choosing-case-help = 选一个。
choosing-remedy-label = 补偿
choosing-remedy-ask = 您选哪一样？
choosing-remedy-help = 选一样；都不行就选“都不满意”。
choosing-none = 都不满意
choosing-time-label = 时间
choosing-time-ask = 什么时候方便？免费，不用再付钱。
choosing-time-help = 选一个时间。
choosing-time-later = 这些时间都不行
choosing-words-label = 您的想法
choosing-words-ask = 明白。您希望怎么解决？写一句，我转给负责的同事。
choosing-words-help = “退一半钱，或者换人再做一次。”
choosing-words-skip = 请打电话说
choosing-left = 好的，您想好了再选。
choosing-nothing = 现在没有要您选的。有话直接在这里说，同事会看到。
choosing-chosen = 您已经选了：{ $remedy }。要改的话直接在这里说。
choosing-done-none = 好，{ $member ->
    [none] 同事
   *[other] { $member }
    }会再跟您商量{ $by ->
    [none] 。
   *[other] ，{ $by } 前联系您。
    }
choosing-done-apology = 真的很抱歉，这次是我们没做好。谢谢您告诉我们。
choosing-done-redo = { $when ->
    [none] 好，{ $member }会联系您约时间，再上门这一次不收费。
   *[other] 约好了，{ $when } 再上门，下面的价格由我们承担，您不用付。
    }
choosing-done-replace = 好，以后不会再请上次的师傅来了。已经约好的，同事会换人再告诉您。
choosing-done-refund = 好，{ $remedy } 已经登记。到账了同事会在这里告诉您。
choosing-done-coupon = 好，{ $remedy }已经记在您名下。
choosing-done-points = 好，{ $remedy }已经记在您名下。
choosing-done-insurance = 好，我们来报保险。{ $member }会告诉您要准备什么{ $by ->
    [none] 。
   *[other] ，{ $by } 前联系您。
    }
choosing-told = 投诉 { $number } 号：{ $name }选了：{ $remedy }。{ $kind ->
    [redo] { $when ->
        [none] 时间没约上，请联系客户约。
       *[other] 约在{ $when }，不收费。
        }
    [replace] 以后不会再派上次的师傅。
    [refund] 请安排退款，退好了告诉客户。
    [insurance] 请报保险，并告诉客户要准备什么。
    [apology] 请亲口道个歉。
   *[other] 已记在客户名下。
    }
choosing-told-none = 投诉 { $number } 号：{ $name }都不满意。{ $words ->
    [none] 客户想打电话说。
   *[other] “{ $words }”
    }
solved-thanks = 太好了，谢谢您告诉我们。投诉 { $number } 号关闭了，七天内有问题，在这里说一声就重新打开。
unsolved-told = 对不起，还没给您解决好。投诉 { $number } 号重新打开了，现在由{ $owner }接手{ $by ->
    [none] 。
   *[other] ，{ $by } 前答复您。
    }还差什么，直接在这里写给我们。
statement-asked = 关于{ $visit }，有件事（{ $about }）想听听您的说法。请在 { $by } 前说说当时的情况。
statement-asked-again = 还等您说说{ $visit }当时的情况（{ $about }），{ $by } 前。您不说，我们就只听得到一边的话。
statement-missing = 投诉 { $number } 号：{ $name }到时间还没说明情况，请打电话问问。
statement-unreachable = 投诉 { $number } 号：{ $name }在聊天里联系不上，请打电话问当时的情况。

go-case = 看投诉
go-case-back = 回投诉 { $number } 号
go-complaint-number = 投诉 { $number } 号
go-complaints = 投诉
go-nextcomplaint = 下一个最急的
go-offering = 请客户选
go-replying = 回复客户
go-noting = 内部备注
go-planning = 说方案
go-remedying = 补偿
go-remedying-more = 再加一样
go-approving = 批补偿
go-resolving = 了结
go-passing = 转给
go-asking = 问师傅
go-stating = 说明情况
go-stating-more = 还有补充
compensation-for-complaint = 投诉补偿
