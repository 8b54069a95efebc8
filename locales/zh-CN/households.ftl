# 家人和公司账户：邀请、加入、退出
go-family = 我的家人
go-family-share = 和家人一起用
go-inviting = 邀请
go-inviting-home = 邀请家人
go-inviting-company = 开公司账户
go-belonging = 我有邀请码
go-sharing = 加公司地址
go-excluding = 移出成员
go-leaving = 退出
go-family-alone = { $contact ->
    [me] 只通知我
   *[other] 只通知{ $contact }
 }
go-family-both = 两边都通知
family-none = 您还没有和家人或公司一起用。一起用以后，次卡和地址大家都能用，老人家里的上门消息也能同时通知子女。
family-title = { $company ->
    [none] 我的家人
   *[other] { $company }
 }
family-told = { $count ->
    [1] 现在只有您一位，发个邀请让家人或同事加入吧。
   *[other] 一共 { $count } 位，都在下面。
 }
family-line = { $part }{ $owner ->
    [yes] ，创建人
   *[no] {""}
 }{ $contact ->
    [none] {""}
   *[other] { $alone ->
        [yes] ，上门消息只发给{ $contact }
       *[no] ，上门消息也发给{ $contact }
     }
 }
family-company = 好的，开一个公司账户：同事都能约到公司地址，费用记在公司名下。
kin-unnamed = 没留称呼的家人
kin-part-home-payer = 一起付费
kin-part-home-user = 一起用
kin-part-home-elder = 长辈
kin-part-home-contact = 帮忙照应的人
kin-part-company-payer = 管付款
kin-part-company-user = 可以下单的同事

inviting-kind-label = 家人还是公司
inviting-kind-ask = 和谁一起用？
inviting-kind-help = “家人”或“公司”。
inviting-kind-home = 家人
inviting-kind-company = 公司
inviting-company-label = 公司名称
inviting-company-ask = 公司全称怎么写？账单按这个开。
inviting-company-help = 比如“成都锦江设计有限公司”。
inviting-company-again = 请写一下公司全称，最长 60 个字。
inviting-office-label = 公司地址
inviting-office-ask = 公司在哪里？同事以后能直接约到这个地址。
inviting-office-help = 比如“武侯区天府三街 199 号太平洋金融大厦 8 楼”。
inviting-called-label = 称呼
inviting-called-ask = 怎么称呼您？邀请里会写上。
inviting-called-again = 请告诉我怎么称呼您，比如“王女士”。
inviting-called-help = 比如“王女士”。
inviting-part-label = 身份
inviting-part-ask = 请对方来做什么？
inviting-part-help = 选一项就好，以后随时能移出或换人。
inviting-part-home-user = 一起用次卡和地址
inviting-part-home-elder = 家里长辈，上门我也要知道
inviting-part-home-payer = 和我一起付费
inviting-part-home-contact = 帮忙照应我
inviting-part-company-user = 同事，可以下单
inviting-part-company-payer = 一起管付款
inviting-left = 好的，没有发邀请。
inviting-done = 邀请码：{ $code }（{ $what }）
    请发给对方，让对方在和我的聊天里发这个码，看过说明点同意就加入了。{ $until } 前有效，只能用一次。对方加入时会告诉您。
inviting-links = 也可以直接转发链接：

sharing-office-label = 公司地址
sharing-office-ask = 再加哪个公司地址？
sharing-office-help = 选一个，或者直接写新地址。
sharing-left = 好的，地址没有加。
sharing-done = 加好了：{ $address }。同事现在就能约到这里。

belonging-code-label = 邀请码
belonging-code-ask = 请发一下您收到的邀请码。
belonging-code-again = 这不像邀请码，它有 10 位，字母和数字都有，大小写都行，比如 ACDE3-479FG。
belonging-code-help = 比如 ACDE3-479FG。请邀请您的人再发一次也行。
belonging-called-label = 称呼
belonging-called-ask = 怎么称呼您？一起用的人会看到。
belonging-called-again = 请告诉我怎么称呼您，比如“陈奶奶”。
belonging-called-help = 比如“陈奶奶”。
belonging-agreed-label = 同意加入
belonging-agreed-ask = 请看一下，愿意就点同意；不认识对方就选“不加入”。
belonging-agreed-help = “同意加入”或“不加入”。
belonging-agreed-yes = { $company ->
    [none] 同意，和{ $name }一起用
   *[other] 同意，加入{ $company }
 }
belonging-agreed-no = 不加入
belonging-left = 好的，没有加入，什么都没变。
belonging-card-title = 邀请
belonging-card-by = 谁邀请您
belonging-by = { $company ->
    [none] { $name }
   *[other] { $name }（{ $company }）
 }
belonging-card-can = 加入以后
belonging-card-sees = 会知道什么
belonging-card-out = 不想用了
belonging-out = 随时说“我的家人”就能退出。
belonging-can-home-user = 您能用{ $name }的次卡，也能约到家里的地址。
belonging-can-home-elder = 您能用{ $name }的次卡，也能约到家里的地址；上门的消息{ $name }也会收到，能帮您改时间、取消。
belonging-can-home-payer = 您的次卡和地址家里人都能用，家里人下单时会告诉您价格；您也能用{ $name }的。
belonging-can-home-contact = { $name }的上门消息您都会收到，也能帮忙改时间、取消。
belonging-can-company-user = 您能约到公司的地址，费用记在{ $company }名下。
belonging-can-company-payer = 同事下单时会告诉您价格，您也能约到公司的地址。
belonging-sees-home-user = 付费的家人只知道您用家里账户的预约：编号、日期、价格。您的资料、投诉、积分，谁也看不到。
belonging-sees-home-elder = { $name }会看到您家每次上门的安排和有没有投诉；您的健康情况、投诉内容、积分，谁也看不到。家里人能约到您的地址。
belonging-sees-home-payer = 家里人能看到您的称呼和地址。您的资料、投诉、积分，谁也看不到。
belonging-sees-home-contact = 家里人能看到您的称呼，别的都看不到。
belonging-sees-company-user = 管付款的人只知道您用公司账户的预约：编号、日期、价格。您自己家的预约不会告诉公司。
belonging-sees-company-payer = 同事能看到您的称呼。您自己家的预约不会告诉公司。
belonging-done-books = 加入好了，您和{ $name }一起用了。要约就直接说时间和服务。
belonging-done-hears = 加入好了。{ $name }有上门的消息，会马上告诉您。

excluding-who-label = 成员
excluding-who-ask = 移出哪一位？
excluding-who-help = 选一位就好。
excluding-agreed-label = 确认
excluding-agreed-ask = 移出后，{ $name }不能再用家里的次卡和地址，已经约好的不变。对方会收到通知。
excluding-agreed-yes = 确认移出
excluding-agreed-again = 请回复“确认”，或者选“取消”。
excluding-agreed-help = 选“确认移出”，或者“取消”。
excluding-left = 好的，没有移出谁。
excluding-done = { $name }已经移出，对方收到通知了。
excluding-not-owner = 只有创建人能移出别人。您自己想退出，说“退出家庭”就行。
excluding-nobody = 现在只有您一位，没有可以移出的人。

leaving-agreed-label = 确认
leaving-agreed-ask = 退出后，您不能再用大家的次卡和地址，已经约好的不变。确定退出吗？
leaving-agreed-ask-owner = 退出后由{ $name }接着管，已经约好的不变。确定退出吗？
leaving-agreed-ask-all = { $count ->
    [0] 退出后就没有这个账户了，您的次卡还是您的。确定退出吗？
   *[other] 没有别人付费，您退出后另外 { $count } 位也不能再一起用了，已经约好的不变。确定退出吗？
 }
leaving-agreed-yes = 确认退出
leaving-agreed-again = 请回复“确认”，或者选“取消”。
leaving-agreed-help = 选“确认退出”，或者“取消”。
leaving-left = 好的，没有退出，什么都没变。
leaving-done = 已经退出了，已经约好的不受影响。

household-code-wrong = 这个邀请码不对，请再看一眼，还可以试 { $left } 次。
household-code-expired = 这个邀请码已经失效了，请邀请您的人再发一个。
household-code-used = 这个邀请码已经有人用过了，每个只能用一次，请邀请您的人再发一个。
household-code-own = 这个邀请码是您自己发出的，请转给对方，在对方的聊天里用。
household-already-in = 您已经和别的家人或公司一起用了，一个人只能在一处。想换过来，先说“退出家庭”，再用这个邀请码。
household-in-this = 您已经加入了，不用再加一次。说“我的家人”就能看到大家。
household-not-theirs = 只有管付费的人能邀请，请对方来发邀请。
household-not-in = 这位现在不在一起用的名单里了。
household-full = 已经有 { $most } 位了，再多加不了。要加人，请先移出一位。
household-home-gone = 这个地址您现在不能用了，请重新选一个。

# 别人听到的
kin-joined = { $name }加入了，现在和你们一起用。不认识？说“我的家人”，由创建人移出。
kin-removed = { $name }把您从一起用的名单里移出了。您自己的预约和资料都不变。
kin-left = { $name }退出了，不再和你们一起用。
kin-yours = { $name }退出了，现在由您来管：邀请和移出都在“我的家人”里。
kin-ended = { $name }退出了，没有别人付费，这个账户结束了。您自己的预约和资料都不变。
kin-news-alone = 好的，{ $elder }家的上门消息以后只发给{ $contact }。
kin-news-both = 好的，{ $elder }家的上门消息以后{ $elder }和{ $contact }都会收到。
kin-about = { $home ->
    [own] 关于您家的预约 { $reference }：
    [none] 关于家人的预约 { $reference }：
   *[other] 关于{ $home }家的预约 { $reference }：
 }
kin-visit-line = { $home ->
    [own] { $visit }（您家）
    [none] { $visit }（家人）
   *[other] { $visit }（{ $home }家）
 }
kin-placed = { $by }约好了，明细在下面。
kin-moved = { $by }改了时间，新的安排在下面。
kin-cancelled = { $by }取消了这次预约。
kin-complained = { $by }反映这次服务有问题（投诉 { $number } 号），我们已经在处理，处理好会联系{ $by }。
kin-bill = 账单抬头
payer-placed = { $kind ->
    [company] { $by }用{ $company }的公司账户约了：{ $reference }，{ $day }，{ $price }。
   *[home] { $by }用家里的账户约了：{ $reference }，{ $day }，{ $price }。
 }
payer-used = { $by }用了您的{ $package } { $count } { $unit ->
    [hour] 小时
   *[visit] 次
 }，还剩 { $left } { $unit ->
    [hour] 小时
   *[visit] 次
 }。
payer-cancelled = { $by }的 { $reference }（{ $day }）取消了{ $due ->
    [yes] ，要收 { $price }。
   *[no] ，没有费用。
 }
payer-finished = { $by }的 { $reference }（{ $day }）做完了{ $due ->
    [yes] ，应付 { $price }。
   *[no] ，不用另外付钱。
 }
kin-visit-shown = { $home ->
    [own] 这是您家的预约：
    [none] 这是家人的预约：
   *[other] 这是{ $home }家的预约：
 }
kin-package = { $package }（{ $owner }的）
kin-done = { $worker }师傅做完了。有不满意的地方，随时选“找客服”。
