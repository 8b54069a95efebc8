# 邮件和短信：聊天里发不到时的最后一条路
mailing-off = 我们现在不发邮件通知。有要紧的安排变动，聊天里联系不上您时，同事会打电话。要改电话可以直接说“改电话”，有事请打 { $phone }。
mailing-address-label = 邮箱
mailing-address-ask = 您的邮箱是？聊天里发不到您的时候，上门安排会发到那里。
mailing-address-again = 这不像邮箱地址，请再写一次，中间要有 @。
mailing-address-help = “wang@qq.com”。
mailing-address-slip = { $address } 会不会打错了一个字母？是 { $meant } 吗？请把正确的邮箱再写一次。
mailing-code-label = 验证码
mailing-code-ask = 验证码已发到 { $address }，请在 10 分钟内把那 6 位数字发给我。
mailing-code-again = 验证码是 6 位数字。没收到的话看看垃圾邮件；邮箱写错了就说“上一步”。
mailing-code-help = 打开 { $address } 的收件箱，找我们刚发的邮件，把里面的 6 位数字发给我，比如“482913”。
mailing-code-wrong = 验证码不对，还可以试 { $left } 次。
mailing-code-gone = 这个验证码过期了。请再写一次邮箱，我们发个新的。
mailing-too-many = 验证码发得太频繁了，这次先到这里。请过一小时再说“改邮箱”。
mailing-done = 邮箱记好了：{ $address }。平时还是在聊天里告诉您；聊天里发不到时，上门安排发到邮箱，关怀提醒也是，不想要随时能停。
mailing-left = 好的，先不弄了，邮箱没有改动。没验证过的邮箱我们不留。
mailing-lost-line = { $address }（最近发不到，请改一下）
mailing-code-subject = { $company }：您的邮箱验证码
mailing-code-told = 您的验证码：{ $code }
    请在 { $until } 前发到和我们的聊天里。不是您本人在操作？不用理这封邮件，您的邮箱不会被记下。
mailing-code-lost = 发到 { $address } 的验证码被退回来了，请检查一下邮箱地址，再说一次“改邮箱”。
unmailing-done = { $address } 删掉了，以后不会再往那里发邮件。
unmailing-nothing = 您没有留过邮箱，没有可删的。
go-mailing = 改邮箱
go-unmailing = 删除邮箱
notify-subject = { $reference ->
    [none] { $company }：给您的通知
   *[other] { $company }：您的上门安排 { $reference }
}
notify-foot = 聊天里暂时发不到您，所以发了这封邮件。这个邮箱不收回信：要改时间、要取消或有疑问，请回到聊天里说，或者打 { $phone }。不想再收邮件，在聊天里说“删除邮箱”。
story-emailed = 聊天里发不到，发了邮件
story-texted = 聊天里发不到，发了短信
story-call-asked = 哪里都发不到，请同事打电话
email-subject = { $company }：{ $about }
email-foot = 邮件里点不了按钮，这个邮箱也不收回信。想约、想改、想说点什么：回到我们的聊天里说一声，{ $page ->
    [none] 或者打 { $phone }。
   *[other] 或者打 { $phone }，网页上找我们也行：{ $page }
}
email-foot-care = 不想再用邮件收到这类关怀提醒：{ $link }
email-foot-marketing = 不想再用邮件收到优惠消息：{ $link }
unsubscribe-care = 关怀提醒
unsubscribe-marketing = 优惠消息
unsubscribe-on = 不再用邮件收到{ $what }？
unsubscribe-on-more = 点一下就停。上门安排的通知不受影响，该来的还会来。
unsubscribe-off = 好了，{ $what }不再发邮件给您。
unsubscribe-off-more = 聊天里能发到时，还会在聊天里告诉您。想恢复邮件，在聊天里发“我的消息设置”。
unsubscribe-nowhere = 好了，{ $what }不会再发给您。
unsubscribe-nowhere-more = 只有上门、投诉和安全的消息还会发，免得误事。想恢复，在聊天里发“我的消息设置”。
unsubscribe-go = 不再发邮件
unsubscribe-go-all = 聊天里也别发，关怀和优惠都不要
unsubscribe-gone = 这个链接不能用了，可能没复制完整，或者太久了。
unsubscribe-otherwise = 不想收的话，在聊天里发“我的消息设置”，或者打 { $phone }，我们马上停。
