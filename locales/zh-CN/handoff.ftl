# 找人、接手、交还；打电话
go-takeover = 接手
go-takeover-one = 接手{ $who }
go-takeover-again = 再接手
go-waitmore = 继续等
go-callingback = 给我回电话
go-robot = 不等了，找机器人
go-handback = 还给机器人
go-called = 打过了
go-notreached = 没打通
go-transferring = 转给同事
go-serving = 回复{ $who }
go-talks = 我在接待的
go-remark = 备注

handoff-unnamed = 新客户{ $number }号
handoff-moment = { $day } { $time }
handoff-asked = 好的，帮您叫客服了，{ $by } 前会有人在这里回复您。急事请打 { $phone }。等的时候我还在，可以继续。
handoff-asked-closed = 客服现在下班了，{ $by } 前会有人在这里回复您。急事请打 { $phone }。等的时候我还在，可以继续。
handoff-still = 客服知道您在等，{ $by } 前会在这里回复您。急事请打 { $phone }。
handoff-still-open = 客服还没腾出手，一有人就在这里回复您。急事请打 { $phone }，或者让我们给您回电话。
handoff-stuck = 抱歉，我还是没看懂，已经帮您叫客服了，{ $by } 前会有人在这里回复您。
handoff-none = 现在没有在等客服。要找人的话点一下就行：
handoff-here = 您好，我是客服{ $member }，接下来由我跟您说。想找回机器人，随时说“机器人”。
handoff-returned = 客服{ $member }临时走开了，让您久等。同事 { $by } 前会在这里接着回复您，前面说的都看得到，不用再说一遍。急事请打 { $phone }。
handoff-missed = { $by ->
    [none] 抱歉，客服到现在还没腾出手，我不想再给您一个说不准的时间。一有人就在这里回复您；急事请打 { $phone }，或者约个时间给您回电话。
   *[other] 抱歉，说好的时间到了，还没有客服空出来。我已经报给上级了，{ $by } 前会有人在这里回复您。也可以给您回电话，或者先跟我说。
}
handoff-missed-call = { $by ->
    [none] 抱歉，给您的电话到现在还没打。一有人就打给您；急事请打 { $phone }。
   *[other] 抱歉，说好的电话还没打给您。我已经报给上级了，{ $by } 前打给您。急事请打 { $phone }。
}
handoff-no-more = { $name }不等客服了，已经和机器人接着说。
again-handed-too = 我叫了客服来帮您，{ $by } 前会在这里回复您；您也可以再试一次。
again-handed = 没关系，不用再试了：我叫了客服来帮您，{ $by } 前会在这里回复您。想接着填也可以。
robot-here = 我在呢，您说。
robot-here-still = 我在呢，您说。不过有件事公司还是要打电话告诉您；也可以直接打 { $phone }。
robot-back = 好的，不用等了，我来。您说：

handoff-told = { $name }在等客服（{ $why }）：{ $words }。{ $by ->
    [none] {""}
   *[other] 答应了 { $by } 前回复。
}
handoff-told-call = 要给{ $name }打电话（{ $why }）：{ $words }。{ $phone ->
    [none] 没有留号码。
   *[other] 电话 { $phone }。
}{ $by ->
    [none] {""}
   *[other] 答应了 { $by } 前打。
}
handoff-told-missed = 还没有人接：{ $name }在等客服（{ $why }）：{ $words }。{ $by ->
    [none] 客户已经等过了答应的时间。
   *[other] 又答应了 { $by } 前回复。
}
handoff-told-missed-call = 还没有人打：{ $name }在等电话（{ $why }）：{ $words }。{ $phone ->
    [none] 没有留号码。
   *[other] 电话 { $phone }。
}
handoff-told-returned = { $name }还没说完，同事走开了，请接着说（{ $why }）：{ $words }。答应了 { $by } 前回复。
handoff-told-returned-call = { $name }还没说完，同事走开了，请接着打电话：{ $words }。电话 { $phone }。
handoff-why-asked = 要找人
handoff-why-stuck = 机器人没听懂
handoff-why-angry = 生气了
handoff-why-manager = 想找经理
handoff-why-alarm = 投诉或危险
handoff-why-callback = 要回电话
handoff-why-staff = 同事主动找的
handoff-why-call = 消息送不到
handoff-why-missed = 师傅没上门
handoff-why-by-request = 想办要先谈的服务
handoff-why-no-window = 约不到时间
handoff-why-other = 要人工看
handoff-why-in = { $why }，正在“{ $what }”

takeover-done = 您接手了{ $name }，客户知道了。
takeover-before = { $name }已经由{ $member }接手了。
takeover-over = { $name }这边已经不用接了。
takeover-unknown = 没找到“{ $said }”。可以写客户的名字、手机尾号四位，或者预约编号，比如“接手 王女士”。
takeover-which = 有几位“{ $said }”，接手哪一位？
takeover-one = { $name } { $end }
takeover-nobody = 现在没有人在等。要主动找客户，就说“接手”加名字、手机尾号或预约编号。
takeover-whom = 这几位在等，接手哪一位？

talk-card-why = 为什么
talk-card-wants = 要什么
talk-card-form = 在填
talk-card-ahead = 预约
talk-card-complaint = 投诉
talk-card-phone = 电话
talk-card-notes = 备注
talk-card-window = 能不能发
talk-complaint = { $number }号，还没了结
talk-form = { $said ->
    [none] { $what }，还没填什么
   *[other] { $what }（{ $said }）
}
talk-window-open = { $channel }，随时能发
talk-window-left = { $channel }，还能发 { $left } 条{ $until ->
    [none] {""}
   *[other] ，{ $until } 前有效
}
talk-window-closed = { $channel }，现在发不出去：先存着，客户一说话就送到；急就打电话
talk-window-nowhere = 没有能发消息的渠道，只能打电话
talk-from-customer = { $at } 客户
talk-from-us = { $at } 我们
talk-photo = { $words ->
    [none] （发来一张照片，已存进资料）
   *[other] （发来一张照片，已存进资料）{ $words }
}
talk-voice = （发来一段语音，没能转成文字，已存进资料）
talk-tap = { $label ->
    [none] （点了一个按钮）
   *[other] （点了“{ $label }”）
}
talk-other = （发来一条看不了的消息）
talk-heard = { $name }：{ $words }
talk-wish = { $name }：{ $words }（消息设置已照办，也回了客户）
talk-danger = ⚠ 有危险的话！{ $name }：{ $words }
talk-said = 客服{ $member }：{ $words }
talk-sent = 已发给{ $name }。
talk-held = 先存着：{ $name }那边现在收不了消息，客户一说话就送到。{ $phone ->
    [none] {""}
   *[other] 急就打 { $phone }。
}
talk-nowhere = 没有发出去：{ $name }已经没有能收消息的渠道。{ $phone ->
    [none] 也没有留电话。
   *[other] 请打 { $phone }。
}
talk-refused = 没送到：“{ $words }”，对方平台没有收（{ $why }）。换个说法再发，或者打电话。
talks-none = 您现在没有在接待客户。
talks-told = 您正在接待 { $count } 位客户，点一下就接着说：

serving-begins = 现在您打的字会原样发给{ $name }。说完就说“还给机器人”；“转给”加名字换同事；“备注”加话只给同事看；要办别的，前面加“/”，比如“/待办”。
serving-goes-on = 您打的字还是会发给{ $name }。
serving-handoff-ask = 接着和哪一位客户说？
serving-handoff-help = “王女士”。
serving-handoff-label = 客户
serving-words-ask = 要说什么？
serving-words-help = “您好，我帮您看一下”。
serving-words-label = 要说的话
serving-words-again = 这个发不了，请打字。
serving-words-only = 图片和名片还转不过去，没有发给客户。请打字说。
serving-others = 没有发出去：{ $name }现在由{ $member }接待。
serving-over = 没有发出去：和{ $name }的对话已经结束，机器人在接待。
serving-waits = { $name }回到了等候队列，点“接手”再接着说。
serving-cancel = 先放一放
serving-left = 好的，先放一放。客户还算在您这里，待会儿点“回复”接着说。

transferring-handoff-ask = 转走哪一位客户？
transferring-handoff-help = “王女士”。
transferring-handoff-label = 客户
transferring-to-ask = 转给谁？
transferring-to-help = “吴姐”。
transferring-to-label = 同事
transferring-nobody = 现在没有别的同事可以转。
transferring-done = 已把{ $name }转给{ $member }，客户也知道了。
transferring-told = { $member }把{ $name }转给您了：
transferring-left = 好的，不转了。

handback-handoff-ask = 结束和哪一位客户的对话？
handback-handoff-help = “王女士”。
handback-handoff-label = 客户
handback-outcome-ask = 这次怎么样了？
handback-outcome-help = “解决了”。
handback-outcome-label = 结果
handback-at-ask = 什么时候再联系客户？选一个，或者直接说，比如“明天上午十点”。
handback-at-help = “明天上午十点”。
handback-at-label = 再联系
handback-solved = 解决了
handback-later = 稍后再联系
handback-complaint = 转成投诉
handback-left = 好的，先不结束。
handback-done-solved = 好的，{ $name }交还给机器人了。
handback-done-later = 好的，{ $name }先交还给机器人，到时候提醒在班的同事联系。
handback-done-complaint = 好的，记成投诉了，{ $name }先交还给机器人。
handback-done-call = 好的，{ $name }这通电话记下了。
handback-told-solved = 刚才是客服{ $member }在跟您说，事情已经处理好了，现在换回我，有事接着跟我说。
handback-told-later = 客服{ $member }先去办，{ $by } 前再联系您。现在换回我，这期间有事跟我说。
handback-told-complaint = 您说的已经记成投诉{ $number }号，{ $by } 前会有负责的同事联系您。现在换回我，这期间有事跟我说。

callingback-phone-ask = 打哪个号码？
callingback-phone-help = “13800001234”。
callingback-phone-label = 电话
callingback-at-ask = 什么时候打给您？选一个，或者直接说，比如“下午三点”。
callingback-at-help = “下午三点”“明天上午”。
callingback-at-label = 时间
callingback-at-again = 没看懂时间，请换个说法，比如“下午三点”。
callingback-soon = 尽快（{ $by } 前）
callingback-past = 这个时间已经过了，请换一个：
callingback-closed = 那会儿客服不上班，最近能打的时间是：
callingback-done = 记下了，{ $at } 起给您打电话，最晚 { $by } 前打到。号码显示可能是陌生的，麻烦接一下。
callingback-left = 好的，不打电话了。
callingback-cancel = 不打了

notreached-done = 记下了，{ $name }第 { $count } 次没打通，{ $at } 再提醒打。客户能收消息的话也知道了。
notreached-over = 这通电话已经不用打了。
call-missed = 刚才给您打电话没打通，{ $at } 左右再打。方便的话在这里回一句，或者直接打 { $phone }。

lease-nudge = { $name }从 { $since } 起在等您回复。{ $until } 前没有回，就转给别的同事。
lease-lost = { $name }等了太久，已经回到等候队列，别的同事会接。
lease-rested = 和{ $name }很久没有新消息了，已经交还给机器人。

remark-what = 要备注什么？写在一句里，比如“备注 客户要发票”。
remark-done = 备注好了，只有同事看得到。
remark-line = { $member }：{ $words }
handoff-unknown = 没有这一条，可能已经处理完了。

channel-web = 网页聊天
channel-telegram = Telegram
channel-wechat = 微信
channel-wecom = 企业微信
channel-kf = 微信客服
channel-console = 终端
