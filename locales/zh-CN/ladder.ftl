# 投诉：归谁、答应到几点、没人接怎么往上走
complaint-unknown = 没找到这个编号的投诉。
complaint-moved = { $status ->
    [closed] 这个投诉已经关闭了。
    [resolved] 这个投诉已经处理完了，在等客户回话。
   *[other] 这个投诉现在不能这样操作。
    }
complaint-witness = 这次上门您也在场，只能作证，这个投诉由别的同事处理。
complaint-taken = { $name }已经接了这个投诉。
complaint-beyond = 这个要{ $rung ->
    [desk] 客服
    [lead] 客服主管
    [manager] 客服经理
   *[owner] 公司负责人
    }才能决定。

severity-s1 = 紧急
severity-s2 = 严重
severity-s3 = 一般
severity-s4 = 轻微
rung-desk = 客服
rung-lead = 客服主管
rung-manager = 客服经理
rung-owner = 公司负责人
complaint-kind-injury = 有人受伤
complaint-kind-endangered = 老人或孩子不安全
complaint-kind-theft = 丢了东西
complaint-kind-harassment = 骚扰
complaint-kind-leak = 水电燃气
complaint-kind-damage = 弄坏东西
complaint-kind-no-show = 没来人
complaint-kind-overcharged = 多收钱
complaint-kind-privacy = 泄露隐私
complaint-kind-drunk = 喝酒上门
complaint-kind-quality = 没做好
complaint-kind-late = 迟到
complaint-kind-attitude = 态度
complaint-kind-missed = 漏做
complaint-kind-flaw = 小瑕疵
complaint-kind-suggestion = 建议
complaint-kind-other = 其他

complaint-today = { $at }
complaint-day = { $day } { $at }
complaint-span-minutes = { $low } 分钟
complaint-span-hours = { $high } 小时{ $low ->
    [0] {""}
   *[other] {" "}{ $low } 分
    }
complaint-span-days = { $high } 天{ $low ->
    [0] {""}
   *[other] {" "}{ $low } 小时
    }
complaint-left = 还有 { $span }
complaint-over = 已超 { $span }
complaint-now = 到时间了
complaint-by = { $by } 前，{ $left }
complaint-done = ✓ { $at }
complaint-clock-human = 人工答复
complaint-clock-plan = 给出方案
complaint-clock-resolved = 处理完
complaint-next = { $what } { $by } 前（{ $left }）
complaint-status-open = 处理中
complaint-status-waiting = 等客户回话，暂停计时
complaint-status-resolved = 已处理，等客户确认
complaint-status-closed = 已关闭
complaint-owner = { $name }（{ $rung }）
complaint-owner-asked = { $owner }，{ $by } 前点“我来”
complaint-quoted = “{ $words }”
complaint-photos = { $count } 张
complaint-card-title = 投诉 { $number } 号 · { $severity } · { $kind }
complaint-card-customer = 客户
complaint-card-visit = 上门
complaint-card-words = 客户说
complaint-card-wish = 客户想要
complaint-card-photos = 照片录音
complaint-card-owner = 负责

ladder-mine = 我来
ladder-open = 看投诉 { $number } 号
ladder-asked = 投诉 { $number } 号归您处理，请在 { $by } 前点“我来”，不点就转给下一位。
ladder-handed = 投诉 { $number } 号转到您名下。已经处理完，只等客户确认，现在不用做什么。
ladder-call = 投诉 { $number } 号到现在没有人处理好，请马上打电话告诉公司负责人！打通后点“我来”。没人点的话，{ $again } 再提醒。
ladder-call-untaken = 投诉 { $number } 号还没有人接，请马上打电话告诉公司负责人！打通后点“我来”。没人点的话，{ $again } 再提醒。
ladder-urgent = 紧急投诉 { $number } 号刚进来，归{ $owner }处理。请马上打电话告诉公司负责人：
ladder-head = { $name } { $phone }
ladder-head-unknown = 公司 { $phone }
ladder-hopped = 投诉 { $number } 号到时间没点“我来”，已经转给{ $owner }。
ladder-moved = 投诉 { $number } 号超过了答应客户的时间，现在归{ $owner }。知道的情况请告诉对方。
ladder-missed-human = 投诉 { $number } 号超时了：客户还没等到人工答复。请马上答复。
ladder-missed-plan = 投诉 { $number } 号超时了：还没给客户方案。请马上给。
ladder-missed-resolved = 投诉 { $number } 号超时了：答应的时间过了还没处理完。请马上处理。
ladder-warn-human = 投诉 { $number } 号：{ $by } 前要有人答复客户，{ $left }。
ladder-warn-plan = 投诉 { $number } 号：{ $by } 前要给客户方案，{ $left }。
ladder-warn-resolved = 投诉 { $number } 号：{ $by } 前要处理完，{ $left }。
ladder-call-customer = 投诉 { $number } 号：客户在哪里都收不到消息，请打电话{ $phone ->
    [none] （没有留电话）
   *[other] { $phone }
    }告诉对方：“{ $words }”
ladder-daily = { $count } 个投诉超过了答应客户的时间，还没关闭：
ladder-daily-title = 超时的投诉
ladder-daily-number = { $number } 号

ladder-nothing = 现在没有等您接的投诉。
ladder-taken = 好，投诉 { $number } 号归您了。
ladder-taken-lost = 投诉 { $number } 号已经由{ $owner }接了。
ladder-taken-above = 投诉 { $number } 号已经升到{ $owner }，要那边来接。
ladder-taken-customer = 您的投诉 { $number } 号由{ $owner }负责，{ $by } 前{ $next ->
    [human] 给您答复
    [plan] 告诉您怎么解决
   *[resolved] 处理好
    }。
ladder-sorry-human = 对不起，投诉 { $number } 号到现在还没有人答复您。{ $moved ->
    [yes] 现在由{ $owner }接手
   *[no] { $owner }在跟进
    }，{ $by } 前联系您。着急就打 { $phone }。
ladder-sorry-plan = 对不起，答应的时间到了，投诉 { $number } 号还没给您方案。{ $moved ->
    [yes] 现在由{ $owner }接手
   *[no] { $owner }在跟进
    }，{ $by } 前告诉您怎么解决。着急就打 { $phone }。
ladder-sorry-resolved = 对不起，投诉 { $number } 号没有按时处理好。{ $moved ->
    [yes] 现在由{ $owner }接手
   *[no] { $owner }在跟进
    }，{ $by } 前给您交代。着急就打 { $phone }。
ladder-nudge = 投诉 { $number } 号还在等您回一句。{ $words ->
    [none] {""}
   *[other] 我们问的是：“{ $words }”
    }
ladder-nudge-again = 投诉 { $number } 号还差您一句话才能继续。{ $words ->
    [none] {""}
   *[other] 我们问的是：“{ $words }”
    }明天还没有消息的话，我们先关闭；您以后随时说一声，马上重新打开。
ladder-silent = 一直没等到您的消息，投诉 { $number } 号先关闭了。您随时在这里说一声，我们马上重新打开。
ladder-silent-told = 客户三次没有回话，投诉 { $number } 号已关闭。客户一说话就会重新打开。
ladder-follow-up = 投诉 { $number } 号处理完两天了，问题解决了吗？
ladder-follow-up-again = 想再跟您确认一下：投诉 { $number } 号的问题解决了吗？
follow-up-solved = 解决了
follow-up-unsolved = 没有

manager-nothing = 您的话已经转给同事，会有人在这里找您。如果是哪次服务出了问题，告诉我是哪一次，我给您登记，当场有编号和答复时间。
manager-complain = 登记投诉
manager-promised = 您要找经理的话，已经转给负责投诉 { $number } 号的{ $owner }了。我们答应您 { $by } 前{ $next ->
    [human] 有人答复您
    [plan] 告诉您怎么解决
   *[resolved] 处理好
    }；过了时间，经理马上接手。
manager-raised = 对不起，我们没有说到做到。投诉 { $number } 号现在由{ $owner }接手，{ $by } 前联系您。着急就打 { $phone }。
manager-has-it = 投诉 { $number } 号已经在{ $owner }手上，{ $by } 前联系您。刚又催了一次。着急就打 { $phone }。
manager-settled = 投诉 { $number } 号已经处理完了。您要是觉得没解决，点“没有”，经理马上接手。
manager-wanted = 投诉 { $number } 号的客户要找经理。

duty-on = 好，您在班了，到 { $until }。有投诉会先找您。
duty-off = 好，您下班了{ $back ->
    [none] 。回来时说“上班”
   *[other] ，{ $back } 再算在班
    }。{ $count ->
    [0] {""}
   *[other] 您名下还有 { $count } 个投诉没处理完，要不要先转给别人？
    }
duty-leave = 好，已经记下请假{ $back ->
    [none] {""}
   *[other] ，{ $back }起再算在班
    }。{ $count ->
    [0] {""}
   *[other] 您名下还有 { $count } 个投诉没处理完，要不要先转给别人？
    }
duty-theirs = 我的投诉
duty-leave-when = 请到哪天？比如“请假到周三”，周三也算请假。
duty-leave-past = 这一天已经过了。请到哪天？比如“请假到周三”。
duty-title = 谁在班
duty-none = 还没有客服同事。
duty-told = { $count ->
    [0] 现在没有人在班，投诉会找到任何一位在聊天里的同事。
   *[other] 现在 { $count } 人在班。
    }
duty-line-on = 在班{ $until ->
    [none] {""}
   *[other] ，到 { $until }
    }
duty-line-off = 不在班{ $until ->
    [none] {""}
   *[other] ，{ $until } 上班
    }
duty-no-chat = { $line }，聊天里联系不上
duty-name = { $name }（{ $rung }）
go-onduty = 我上班了
go-offduty = 我下班了
go-duties = 谁在班
story-complaint-opened = 客户投诉
