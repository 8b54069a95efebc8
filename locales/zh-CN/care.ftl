# 关怀：该约下次了、首次回访、换季、节日、好久没来；客户阶段和回访任务
care-next-told = { $name ->
    [none] {""}
   *[other] { $name }，
    }{ $service }到今天 { $days } 天了{ $when ->
    [none] 。您平时的时间最近约满了，要不要另挑一个？
   *[other] ，照旧约一次？{ $when }，{ $quantity }{ $worker ->
        [none] {""}
       *[other] ，先排{ $worker }
        }。{ $taps ->
            [no] 要约就说“预约”，先看价格，您确认了才算。
           *[yes] 点“就约这次”先看价格，您确认了才算。
        }
    }
care-risk-told = { $name ->
    [none] {""}
   *[other] { $name }，
    }有 { $days } 天没见了，家里都好吧？{ $when ->
    [none] 想做{ $service }的话，挑个时间就行。
   *[other] 给您留意着常约的时间：{ $when }，{ $service } { $quantity }{ $worker ->
        [none] {""}
       *[other] ，先排{ $worker }
        }。{ $taps ->
            [no] 要约就说“预约”，先看价格，您确认了才算。
           *[yes] 点“就约这次”先看价格，您确认了才算。
        }
    }
care-go-book = 就约这次
care-go-other = 换个时间
care-go-time = 挑个时间
care-go-later = 这次不约
care-go-stop = 别再发这类提醒
care-go-service = 预约{ $service }
care-go-wrong = 有点问题
care-go-record = 看客户资料
go-carefine = 都挺好
go-caredone = 已联系上
go-carenone = 没联系上
go-carecalls = 回访任务
care-later-told = 好的，这次先不约。{ $days ->
    [0] 想约的时候说一声就行。
   *[other] 大约 { $days } 天后再问您，想提前约随时说一声。
    }
care-later-peace = 好的，不再问了。什么时候需要，说一声就行。
care-nothing-open = 好的。现在没有等您回话的提醒，想约随时说一声。
care-fine-told = 那就好，谢谢您告诉我们。有事随时说。

care-check-told = { $name ->
    [none] {""}
   *[other] { $name }，
    }昨天是头一次到您家做{ $service }，一切都好吧？东西没放回原位、哪里没做到，{ $taps ->
    [no] 说一声
   *[yes] 点“有点问题”
    }，我们来处理。都好的话，再过几天帮您留意同样的时间。
care-return-told = { $name ->
    [none] {""}
   *[other] { $name }，
    }例行问候一下：最近的服务还满意吗？有不满意的，{ $taps ->
    [no] 说一声
   *[yes] 点“有点问题”
    }，马上有人处理。

care-festival-told = { $name ->
    [none] {""}
   *[other] { $name }，
    }{ $wishes }{ $company }全体敬上。
care-festival-new-year = 新年好！祝您一家新的一年平安顺心。
care-festival-spring-festival = 过年好！祝您一家团团圆圆，新的一年平安健康。
care-festival-lantern = 元宵节快乐！祝您家里团圆美满。
care-festival-labour-day = 劳动节快乐！忙了这么久，好好歇两天。
care-festival-dragon-boat = 端午安康！粽子趁热吃，家里都好。
care-festival-mid-autumn = 中秋快乐！祝您一家人月两圆。
care-festival-national-day = 国庆节快乐！祝您假期舒心。

care-season-cooling = { $name ->
    [none] {""}
   *[other] { $name }，
    }这个时节空调开得勤，滤网里积了一季的灰，洗一洗吹着放心。{ $service }，{ $price }。要约的话{ $taps ->
    [no] 说“预约”
   *[yes] 点下面
    }，挑您方便的时间。
care-season-mites = { $name ->
    [none] {""}
   *[other] { $name }，
    }天暖了，螨虫正是多的时候，床垫除一次螨睡得踏实。{ $service }，{ $price }。要约的话{ $taps ->
    [no] 说“预约”
   *[yes] 点下面
    }，挑您方便的时间。
care-season-new-year-clean = { $name ->
    [none] {""}
   *[other] { $name }，
    }快过年了，年前的时间越到后面越紧。想提前把家里收拾亮堂：{ $service }，{ $price }。要约的话{ $taps ->
    [no] 说“预约”
   *[yes] 点下面
    }，挑您方便的时间。
care-season-moved = { $name ->
    [none] {""}
   *[other] { $name }，
    }听您说过要搬家。新家入住前彻底打扫一遍，省心不少：{ $service }，{ $price }。要约的话{ $taps ->
    [no] 说“预约”
   *[yes] 点下面
    }，挑您方便的时间。
care-season-other = { $name ->
    [none] {""}
   *[other] { $name }，
    }这个时节正好做一次{ $service }，{ $price }。要约的话{ $taps ->
    [no] 说“预约”
   *[yes] 点下面
    }，挑您方便的时间。

care-why-told = { $name ->
    [none] {""}
   *[other] { $name }，
    }三个月没见了。想问一句，是哪里没让您满意？{ $taps ->
    [no] 价格、时间还是做得不好，说一句就行
   *[yes] 点一下就行
    }，只问这一次。{ $gift }
care-why-coupon = 另外送您一张{ $what }，{ $until }前回来都能用。
care-why-price = 价格贵了
care-why-time = 时间约不上
care-why-quality = 做得不满意
care-why-unneeded = 暂时用不上
care-because-price = 明白了，谢谢您直说。{ $coupon ->
    [yes] 券已经在您账上，下次约的时候自动减。
   *[no] {""}
    }
care-because-time = 明白了。您把方便的时间告诉我们，满了也可以排队，一有空就叫您。
care-because-quality = 对不起，没做好。{ $by }之前会有同事联系您，听您说说；现在就想说也行，点下面。
care-because-unneeded = 好的，不打扰您。什么时候用得上，说一声就行。
care-last-told = { $name ->
    [none] {""}
   *[other] { $name }，
    }好久没见，这是我们最后一次主动问您。以后想找人帮忙，在这里说一声，或打 { $phone }，都在。祝您一切都好。

care-contract-told = 您约的{ $service } { $day }到期，还有 { $left } 天。之后怎么安排？{ $taps ->
    [no] 接着做、到期结束，还是想换人，说一声
   *[yes] 点一下
    }，我们照您说的办。
care-go-renew = 接着做
care-go-end = 到期结束
care-go-talk = 想换人或谈谈
care-contract-ends = 好的，{ $service }做到 { $day }结束，到时候同事和您办交接。要改主意，到期前说一声。
care-contract-goes-on = { $said ->
    [renew] 好的，您要接着做{ $service }
   *[other] 好的，{ $service }的事我们当面谈
    }。{ $by }之前同事给您打电话，把后面的安排定下来。
told-contract-ends = { $name } 说 { $service } 做到 { $day } 就结束，请安排交接。

care-call = 请回访 { $name }：{ $why }。{ $stage ->
    [none] {""}
   *[other] { $stage }。
    }{ $by }之前联系{ $tries ->
    [0] 。
   *[other] （打过 { $tries } 次没通）。
    }
care-call-return = 定期回访，问问近况
care-call-first = 头一次服务后关心一下，聊天里联系不上
care-call-left = 很久没来了，听听原因
care-call-contract = { $about } 快到期，还没说之后怎么安排
care-call-contract-renew = { $about } 要接着做，谈续约
care-call-contract-talk = { $about } 到期前想换人或谈谈
care-calls-none = 没有等着的回访任务。
care-task-gone = 这个回访已经有同事处理了。
care-call-done = 记下了：{ $name } 联系上了。
care-call-again = 记下了：{ $name } 没联系上，{ $at }之前再打一次。
care-call-given-up = 记下了：{ $name } 打了几次都没联系上，不再打了。

stage-label = 客户阶段
stage-prospect = 潜在（还没做过服务）
stage-line = { $stage }：{ $why }
stage-new = 新客
stage-active = 活跃
stage-loyal = 忠诚
stage-at-risk = 流失风险
stage-dormant = 沉睡
stage-lost = 流失
stage-why-first = 刚做过头一次
stage-why-ahead = 有预约在前面
stage-why-lately = { $days } 天前来过，平时隔 { $interval } 天
stage-why-late = { $days } 天没来，平时隔 { $interval } 天，比平时晚了
stage-why-loyal = 一年 { $visits } 次，平均 { $stars } 星
stage-why-silent = { $days } 天没来
stage-why-silent-own = { $days } 天没来，平时隔 { $interval } 天
stage-why-complaint = 有投诉没解决
stage-why-rating = 最近给过 { $stars } 星
stage-why-cancelled = { $days } 天里取消了 { $times } 次
segment-label = 客户价值
segment-line = { $segment }（近度 { $recency }，频次 { $frequency }，金额 { $money }，推荐 { $friends }，潜力 { $potential }）
segment-small = 一般
segment-middle = 中等
segment-high = 较高
segment-top = 最高
rhythm-label = 自己的节奏
rhythm-line = 约 { $days } 天一次
