# 客户问：为什么给我发这个
reason-none = 最近没有主动给您发过消息。我们会发什么，您随时可以改。
reason-service = { $day }那条和您的预约、投诉或账户有关，怕误事才说，这类一直会发。
reason-care = { $day }那条是关怀提醒。{ $reason }不想收，点一下就停。
reason-marketing = { $day }那条是优惠消息。{ $reason }不想收，点一下就停。

reason-birthday = 您说过生日是哪天，那天我们祝福一句，不卖东西。
reason-care-check = 第一次服务后，我们都问一声怎么样。
reason-care-next = { $days ->
    [0] 离上次有一阵了，所以问一声要不要再约。
   *[other] 您平常大约每 { $days } 天来一次，到时候我们问一声要不要再约。
}
reason-care-risk = { $days ->
    [0] 比平常隔得久了，所以问一声。
   *[other] 您平常大约每 { $days } 天来一次，这次隔得久了，所以问一声。
}
reason-care-why = 很久没见您，我们只问这一次是不是哪里没做好。
reason-care-last = 很久没见您，那是最后一次问候，之后不再打扰。
reason-care-return = 隔一段时间，我们会问一声家里有没有要帮忙的。
reason-care-festival = 过节给您问声好，不卖东西。
reason-care-season = 这个季节正好适合做那一样，所以提一句；同一时间最多提一样。
reason-digest = 您选了每月一条小结。
reason-package-warns = 您买的套餐快到期，不说怕您白白过期。
reason-points-expiring = 您的积分快到期，不说怕您白白过期。
reason-tier = 您的会员等级快要变了，先告诉您一声。
reason-campaign = 您{ $since ->
    [none] 同意过收优惠消息。
   *[other] { $since }同意过收优惠消息。
}
