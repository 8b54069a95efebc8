# 活动：优惠、抽奖、推荐、次卡

campaign-footer = （优惠消息，回“退订”就不再收到。）
campaign-nameless = 朋友
campaign-points = { $points } 积分
go-draw = 参加抽奖
draw-none = 现在没有您能参加的抽奖。有了会告诉您，前提是您愿意收优惠消息。
draw-entered = 您参加了，号码是 { $number }。{ $at } 抽 { $count } 位，每位得 { $gift }；中了会告诉您，没中不打扰。
    抽法公开：把“{ $seed }:号码”算 SHA-256，最小的 { $count } 个中奖，谁都能照着再算一遍。
draw-entered-before = 您已经参加了，号码是 { $number }，不用再点。{ $at } 抽 { $count } 位，每位得 { $gift }；中了会告诉您。
    抽法公开：把“{ $seed }:号码”算 SHA-256，最小的 { $count } 个中奖。
draw-late = 这次抽奖到 { $day }截止，已经不能参加了。
draw-lost = 这次没抽中，谢谢您参加。中奖号码：{ $numbers }。照着“{ $seed }:号码”的 SHA-256，从小到大排就是。
campaign-won-coupon = 恭喜，抽奖您中了第 { $place } 名：{ $gift }，已经放进您的优惠券，用到 { $day }。
campaign-won-points = 恭喜，抽奖您中了第 { $place } 名：{ $gift }，已经记在您的积分里。
told-campaign-stopped = 活动 { $name } 自己停了，已发 { $count } 人：{ $why }。后面的人没有发。要继续，用 menling campaign resume。
