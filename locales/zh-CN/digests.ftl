go-morning = 早班清单
morning-told = 今天 { $day }{ $count ->
    [0] 没有上门
   *[other] 有 { $count } 单上门，第一单 { $first } 开始
}。要留意的在下面：
morning-told-plain = 今天 { $day }有 { $count } 单上门，第一单 { $first } 开始。没有要另外操心的。
morning-none = 今天没有上门，也没有要处理的事。
morning-title = 早班清单
morning-mark = 、
morning-alone = 还没人去
morning-unsure = 师傅没确认
morning-silent = 客户没回复
morning-delicate = 要小心的上门
morning-complaints = 投诉
morning-calls = 要联系
morning-people = 等人接待
morning-approvals = 等批
morning-birthdays = 今天生日
morning-visit = { $at } { $name }（{ $crew }）
morning-visit-alone = { $at } { $name }
morning-count = { $count } 位
morning-more = { $said }，还有 { $more } { $what ->
    [visits] 单
   *[people] 位
}
morning-complaint = { $count } 件。最急的是 { $number } 号：{ $what ->
    [human] { $by } 前要有人回话
    [plan] { $by } 前要给方案
    [resolved] { $by } 前要办好
   *[waits] 等客户回话
}{ $late ->
    [yes] ，已经过了
   *[no] {""}
}
morning-requests = 预约申请 { $count } 件
morning-remedies = 补偿 { $count } 件
morning-adjustments = 积分调整 { $count } 件
morning-appeals = 评分异议 { $count } 件
morning-referrals = 推荐 { $count } 件
morning-born = { $name }（{ $tier }）
