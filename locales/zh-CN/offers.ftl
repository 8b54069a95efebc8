# 派单：问师傅接不接，没人接时告诉店里，换人时告诉客户
offers-told = 有一单想请您去。接不接，{ $by } 前点一下就行。
offers-told-moved = 这单客户改了时间，新时间您能去吗？{ $by } 前点一下就行。
offers-accept = 接单
offers-decline = 不接
offers-card-area = 区域
offers-card-team = 同去
offers-card-why = 找您是因为
offers-team-lead = 您带队，和{ $others }一起
offers-team = { $leader }带队{ $count ->
    [0] { "" }
   *[other] ，还有{ $others }
}
offers-why-favourite = 客户收藏了您
offers-why-been-here = 您去过这家 { $visits } 次
offers-why-same-area = 当天您就在附近
offers-why-rated = 客户给您打 { $stars } 分
offers-why-senior = 您经验丰富
offers-why-pets = 您熟悉有宠物的家
offers-why-elderly = 您会照顾老人
offers-why-infants = 您懂带宝宝的家
offers-why-allergy = 您会用低敏清洁剂
offers-why-language = 您会说客户的语言
offers-why-gender = 合客户的要求

offers-accepted = 接好了，谢谢您！详细地址从上门前一天起，在“我的上门安排”里看。
offers-accepted-near = 接好了，谢谢您！地址在下面，路上小心。
offers-none = 现在没有等您答复的单。有新的会马上告诉您。
offers-several = 有 { $count } 单等您答复，点开看：
offers-title = 等您答复
offers-by = { $by } 前答复
offers-lapsed = 没等到您的答复，这单先请别的师傅了：{ $visit }。没关系，下次有单还会找您。
offers-unknown = 没找到这一单。
offers-already-yours = 这单已经是您的了。要是去不了，请打 { $phone }。
offers-already-declined = 这单您说过不接，已经记下了。
offers-elsewhere = 这单已经请别的师傅去了，不用您跑了。下次有单再找您。
offers-over = 这单改了时间或者取消了，这次不用去。
offers-busy = 那个时间您已经有别的安排了，这单就不排给您了。
go-offers = 等我答复的单

declining-offer-label = 派单
declining-offer-ask = 哪一单不接？
declining-offer-help = 选一单。
declining-reason-label = 原因
declining-reason-ask = 好的。方便说说为什么吗？不想说就跳过。
declining-reason-help = 选一个，或者写一句。
declining-cancel = 我再想想
declining-left = 好的，这单还给您留着，想好了点“接单”。
declining-done = 好的，这单不用您去了。谢谢您说一声。
declining-done-kept = 好的，记下了。店里会找别的师傅，有事会打电话给您。
offers-because-far = 太远了
offers-because-full = 那天排满了
offers-because-ill = 身体不舒服
offers-because-customer = 不方便去这家
offers-because-other = 别的原因
offers-because-none = 没说原因
offers-because-silent = 没答复

offers-refused = { $name }（{ $why }）
offers-unaccepted = 还没有师傅接：{ $visit }（{ $area }），编号 { $reference }。问过{ $said }。时间先由{ $team }占着，请您安排。
offers-found = { $name }又接了这一单，不用再找人了：{ $visit }，编号 { $reference }。
offers-call = { $names }没有绑定聊天，请打电话通知上门：{ $visit }（{ $area }），编号 { $reference }。
offers-reassign = 换人

offers-changed = { $visit }，{ $before }换成{ $name }上门，时间不变。{ $name }：{ $about }
offers-changed-wanted = 抱歉，您点名的{ $before }这次来不了。{ $visit }，换成{ $name }上门，时间不变。{ $name }：{ $about }想等{ $before }的话，可以改个时间。
