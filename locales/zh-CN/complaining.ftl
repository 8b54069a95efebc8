# 投诉：怎么说、怎么登记、怎么查
go-complaining = 投诉
go-mycomplaint = 我的投诉
go-intaking = 登记投诉
complaining-own = 投诉 { $number } 号进度

complaining-opened = 抱歉，给您添麻烦了。
complaining-visit-label = 哪次服务
complaining-visit-ask = 是哪一次服务？
complaining-visit-again = 没看出是哪一次。点一个，或者写预约编号；跟具体服务无关也可以。
complaining-visit-help = 点一次服务，或者写编号，比如“昨天的保洁”。
complaining-visit-none = 与具体服务无关
complaining-visit-unknown = 这个编号在您的预约里没找到，麻烦核对一下；也可以从下面选，或者打 { $phone }。
complaining-what-label = 什么事
complaining-what-ask = 发生了什么？点一个，或者直接写：
complaining-what-again = 发生了什么，写一句就行：
complaining-what-help = 阿姨把花瓶打碎了。
complaining-kind-quality = 没做好、漏做
complaining-kind-late = 没来或迟到
complaining-kind-damage = 弄坏东西
complaining-kind-attitude = 态度不好
complaining-more-label = 照片和补充
complaining-more-ask = 有照片就发过来，几张都行；还想补充也可以接着写。
complaining-more-again = 发照片或者写几句都行；没有了就点下面。
complaining-more-help = 发照片，或者再写几句。
complaining-more-more = 收到了。还有就接着发；好了点“就这些”。
complaining-more-none = 没有照片
complaining-wish-label = 希望怎么处理
complaining-wish-ask = 您希望怎么处理？点一个，或者直接写：
complaining-wish-again = 您希望怎么处理，写一句就行：
complaining-wish-help = 重做一次。
complaining-begun-label = 开始
complaining-source-label = 来源
complaining-left = 好的，先不投诉了。以后想说随时说“投诉”。
way-send = 直接提交

wish-redo = 重做一次
wish-refund = 退钱或赔偿
wish-replace = 换个人来
wish-apology = 道个歉
wish-told = 只是告诉你们

complaining-photo-kept = 照片收到了。
complaining-owner = 公司负责人
complaining-promised = { $owner }负责，{ $human } 前有人联系您，{ $plan } 前告诉您怎么处理。
complaining-promised-plan = { $owner }在负责，{ $plan } 前告诉您怎么处理。
complaining-done = { $kind ->
    [suggestion] 谢谢您的建议，记下了，编号 { $number }{ $about }。
    [flaw] 抱歉没做到位，记下了，投诉 { $number } 号{ $about }。
   *[other] 登记好了，投诉 { $number } 号{ $about }。
}
complaining-joined = 都加到您的投诉 { $number } 号里了{ $about }。
complaining-about-visit = ：{ $visit }
complaining-about-photos = ，照片 { $photos } 张
complaining-meanwhile = 等的时候可以接着发照片、补充；问进度说“我的投诉”。
complaining-added = 记下了，加到投诉 { $number } 号了。
complaining-photo-added = 照片收到，加到投诉 { $number } 号了。
complaining-worse = 这很要紧，投诉 { $number } 号已改为紧急。
complaining-withdrawn = 知道了，不追究投诉 { $number } 号的事已转给负责的同事，会跟您确认一下再关。
complaining-visit-strange = 您写的预约编号不在您名下，我们会核对。
complaining-not = 好的，不登记投诉。想问什么直接说，也可以找客服。
complaining-line = 投诉可以打 { $phone }；在这里说也一样，马上有编号和答复时间：
complaining-offered = 抱歉，听起来出了问题。要登记投诉吗？有专人负责，有答复时间。
complaining-back-to-form = 接着填

complaining-danger-injury = 先顾人：伤得重请马上打 120；有人动手、还在现场请打 110。
complaining-danger-endangered = 先顾人：请马上陪在老人、孩子身边；不舒服打 120，找不到人打 110。
complaining-danger-theft = 请先别动现场，贵重物品可以马上报警 110。
complaining-danger-harassment = 您先离开、到安全的地方；有危险请打 110。
complaining-danger-leak = 先关阀门，开窗，别碰开关、别点火，人到室外；燃气或着火请在室外打 119。
complaining-danger-other = 人有危险请马上打 110，受伤打 120，着火打 119。
complaining-danger-taken = 已按紧急投诉登记：投诉 { $number } 号，不用再填什么。
complaining-danger-meanwhile = 想补充直接写在这里；要马上说话请打 { $phone }，随时可打。

anger-heard = 很抱歉，让您这么生气。要不要投诉，或者直接找客服？
anger-person = 很抱歉，已经请同事过来接您的事。等不及可以打 { $phone }，也可以直接投诉：

mycomplaint-none = 您现在没有投诉。要投诉就点下面，或者直接写发生了什么。
mycomplaint-unknown = 没找到这个编号的投诉。
mycomplaint-title = 投诉 { $number } 号
mycomplaint-shown = { $status ->
    [waiting] 投诉 { $number } 号在等您一句话，您说了我们就接着办。
    [resolved] 投诉 { $number } 号处理好了，您看可以吗？
    [closed] 投诉 { $number } 号已经结束。还有问题直接说，会重新打开。
   *[open] 投诉 { $number } 号正在办。
}
mycomplaint-missed = 说好的时间过了，很抱歉。点“找经理”，马上有人管。
mycomplaint-manager = 找经理
mycomplaint-solved = 解决了
mycomplaint-unsolved = 没解决
mycomplaint-about = 什么事
mycomplaint-visit = 哪次
mycomplaint-who = 谁负责
mycomplaint-human = 有人联系您
mycomplaint-plan = 告诉您方案
mycomplaint-resolve = 办完
mycomplaint-by = { $at } 前
mycomplaint-done = { $at } 已做到
mycomplaint-said = 您说的
mycomplaint-photos = 照片
mycomplaint-count = { $count } 张
mycomplaint-wish = 您希望
mycomplaint-answered = 最近答复
mycomplaint-outcome = 结果

severity-why-kind = { $value }
severity-why-danger = 说到“{ $value }”
severity-why-visit-missed = 我们的记录：没人到
severity-why-visit-late = 我们的记录：迟到 { $value } 分钟
severity-why-elderly = 家里有老人
severity-why-infants = 家里有婴幼儿
severity-why-amount = 涉及 { $value } 元
severity-why-rated = 评了 { $value } 分
severity-why-again = 30 天内第二次投诉

# 员工登记：电话、到店、平台转来的投诉
intaking-who-label = 客户
intaking-who-ask = 哪位客户？写手机号、姓名或预约编号：
intaking-who-again = 没看懂。写手机号（或后四位）、姓名或预约编号；新客户请写完整手机号。
intaking-who-help = 13800001234
intaking-who-which = 有几位，是哪一位？
intaking-who-new = 新客户 { $phone }
intaking-who-nobody = 没有找到叫这个的客户。写手机号试试；新客户请写完整手机号。
intaking-name-label = 称呼
intaking-name-ask = 新客户，怎么称呼？
intaking-name-help = 王女士
intaking-visit-label = 哪次服务
intaking-visit-ask = 是哪一次服务？
intaking-visit-help = 点一个，或者写预约编号。
intaking-visit-unknown = 这位客户没有这个编号的预约。
intaking-words-label = 经过
intaking-words-ask = 客户怎么说的？写下来，客户会看到登记的事项：
intaking-words-help = 昨天的阿姨把花瓶打碎了，要赔。
intaking-kind-label = 什么事
intaking-kind-ask = 属于哪一类？
intaking-kind-help = 弄坏东西
intaking-source-label = 怎么来的
intaking-source-ask = 怎么来的？
intaking-source-help = 电话
intaking-source-staff = 电话或到店
intaking-source-outside = 12315、12345、微信支付等转来
intaking-reference-label = 外部编号
intaking-reference-ask = 对方的编号是多少？连平台一起写，比如“12345 工单 20261123001”。
intaking-reference-help = 12345 工单 20261123001
intaking-by-label = 外部期限
intaking-by-ask = 对方要求哪天前答复？写日期，没有就跳过。
intaking-by-again = 没看懂日期。比如“11月25日”或“后天”。
intaking-by-help = 11月25日
intaking-by-past = { $day }不对，已经过了或太远。写一个今天以后、90 天以内的日期。
intaking-severity-label = 级别
intaking-severity-ask = 按事实该是哪一级，已经标出来了。要改就选别的：
intaking-severity-suggested = { $name }（建议：{ $reason }）
intaking-severity-help = 一般
intaking-why-label = 改级别的原因
intaking-why-ask = 为什么改？写一句，会留在记录里：
intaking-why-help = 老人在家，客户很着急。
intaking-agreed-label = 登记
intaking-agreed-help = 好的
intaking-agreed-yes = 登记
intaking-summary = 看一下，没问题就登记：
intaking-title = 投诉
intaking-done = 登记好了，投诉 { $number } 号，{ $owner }负责。{ $reached ->
    [yes] 客户在聊天里已经收到编号和时间。
   *[no] 客户没有聊天，请在电话里告诉编号 { $number }：{ $human } 前有人联系，{ $plan } 前给方案。
}
told-intaken = { $name }，您反映的事{ $company }登记好了，投诉 { $number } 号：{ $kind }。
told-intaken-unnamed = 您反映的事{ $company }登记好了，投诉 { $number } 号：{ $kind }。
complaining-when = 现在提交，{ $by } 前就有人联系您。
complaining-written =
    { $words ->
        [none] 这个投诉还没写内容，也没提交。
       *[other] 这个投诉还没提交，已经记下：{ $words }。
    }{ $photos ->
        [0] {""}
       *[other] 照片 { $photos } 张。
    }
complaining-written-other = 另外投诉 { $number } 号在处理，看进度说“投诉 { $number } 号”。
