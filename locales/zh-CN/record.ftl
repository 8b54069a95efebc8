# 我的数据、条款与同意

go-mydata = 我的数据
go-terms = 看条款
go-takealong = 带走一份
go-deleting = 删除我的数据
go-keepdata = 不删了，都留着
go-tellmeoffers = 有优惠告诉我
go-nooffers = 不要优惠消息

data-title = 我们记着什么
data-told = 这是我们为您记着的，只用来把服务做好。可以带走一份，可以改，也可以删。
data-leaving = 您要求删除数据，{ $at } 删。在那之前说“不删了”就都留着。
data-line-you = 称呼、电话、地址
data-you =
    { $name ->
        [none] 还没留称呼
       *[other] { $name }
    }，{ $homes } 个地址：上门用
data-line-home = 家里情况
data-home = 老人、孩子、宠物、过敏：派合适的人，加密保存
data-line-visits = 订单和付款
data-visits = { $count } 单：记账、售后，法律要求保存
data-line-words = 聊天文字
data-words = 处理您的事情用，{ $months } 个月后自动删除
data-line-photos = 照片和语音
data-photos = { $count } 份：到期自动删除，说“删除照片”可以马上删
data-line-agreed = 您同意过
data-agreed-line = { $what }（{ $day }）
data-purpose-terms = 服务条款
data-purpose-service = 为服务保存资料
data-purpose-sensitive = 记下老人、孩子、过敏
data-purpose-photos = 拍照
data-purpose-marketing = 优惠消息

consent-text-terms = 服务条款（{ $company }）
    1. 您确认预约，就和我们约定了单子上的服务、时间、地址和价格；没写的不另收钱，要加东西先问您。
    2. 改时间、取消按单子上写的规则收费；我们误点、来不了，不收您的钱，按规则补偿。
    3. 上门的人经过核验。贵重物品请收好；弄坏了东西，当天告诉我们，我们核实后负责。
    4. 做得不满意，24 小时内说，我们回来补做。投诉随时打字或打 { $phone }，一天内有人答复。
    5. 请给上门的人安全的环境；有危险，他们可以先离开。
consent-text-service = 资料怎么用（{ $company }）
    1. 我们记您的称呼、电话、地址、预约、付款和聊天，只为安排、结算、售后。
    2. 上门的人只在前一天到结束后 2 小时看得到地址，看不到您的电话。
    3. 聊天文字留 24 个月，照片 90 天（投诉的留两年），订单和付款按法律要求保存。
    4. 随时发“我的数据”：看、带走、改、删。
consent-text-sensitive = 您告诉我们家里有老人、婴幼儿或过敏，我们加密记下，只用来派合适的人、提醒上门的人注意。随时可以在“我的数据”里删。
consent-text-photos = 这一次上门可以拍照：只拍做的地方，做前做后各几张，到期删除，随时可以撤回。
consent-text-marketing = 有优惠和活动可以告诉我，一周最多一次。随时可以说“不要优惠消息”。

offers-on = 好的，有优惠告诉您，一周最多一次。不想收了，说“不要优惠消息”。
nooffers-none = 我们没得到您同意，本来就不发广告。上门和投诉的通知照常发给您。想收优惠消息，在“我的数据”里改。
offers-off = 好的，不发优惠消息。预约和服务的通知照常。

takealong-link =
    您的数据在这里，一个压缩包，里面一份能读的，一份程序用的：
    { $link }
    只能打开一次，{ $at } 前有效。别转给别人。
takealong-here = 上面是您的资料和订单。要连聊天记录在内的整份文件，打 { $phone }，我们核对后给您。

deleting-sure-label = 删除
deleting-sure-ask =
    要把您的数据都删掉吗？
    会删：称呼、电话、地址、家里情况、照片、聊天文字，还有这个聊天和您的关联。
    法律要求留的：订单和付款的日期、项目、金额，不带您的称呼、电话和地址。
    删了就找不回来，以后再来就是新客人。
deleting-sure-help = “删掉”或“先不删”。
deleting-sure-yes = 删掉
deleting-sure-no = 先不删
deleting-left = 好的，数据都留着，没有删。
deleting-word-label = 确认
deleting-word = 删除我的数据
deleting-word-ask = 怕点错，请打“删除我的数据”这几个字。
deleting-word-help = 打“删除我的数据”，或者说“取消”。
deleting-word-again = 请打“删除我的数据”这几个字；不删了就说“取消”。
deleting-not-the-word = 这不是“{ $word }”，先没删。
deleting-not = 好的，什么都没删。
deleting-done = 收到，{ $at } 删除。在那之前改主意，说“不删了”就行。删完这里就不认识您了，所以不会再通知。
deleting-asked = 已经在排着了：{ $at } 删除。改主意就说“不删了”。
deleting-open =
    现在还删不了，这些还没完：{ $what }
    都结束或取消以后再说一声“删除我的数据”，一天就删好。
deleting-complaint = 投诉 { $number }
erasure-still-open = 还有没完的预约或投诉，现在删不了。
told-deleting-open =
    您要求删除的数据还没删，因为又有了没完的：{ $what }
    结束以后再说一声“删除我的数据”就好。
keepdata-kept = 好的，都留着，什么也没删。
keepdata-nothing = 没有要删的，您的数据都在。

data-file-title = { $company } 为您保存的数据，{ $at }
data-mark = {" · "}
data-file-rest = 另外 { $count } 类零碎记录在 { $file } 里。
data-part-customer = 您
data-part-address = 地址
data-part-home_profile = 家里情况
data-part-consent = 同意过的
data-part-visit = 预约
data-part-payment = 付款
data-part-rating = 评价
data-part-complaint = 投诉
data-part-compensation = 补偿
data-part-handoff = 找过客服
data-part-message = 说过的话
data-direction-in = 您
data-direction-out = 我们
data-page-ready = 您的数据准备好了
data-page-take = 下载（只能一次）
data-page-gone = 这个链接用过了，或者过期了。在聊天里说“我的数据”再拿一个。

# 客户档案与我的记录

go-myrecord = 我的记录
go-customer = 客户档案
go-customer-back = 回到档案
go-showphone = 显示电话
go-showphone-of = { $customer }的电话
go-record-older = 更早的
record-title = 客户 { $number }
record-known = 这是我们记着的，后面是谁说的、哪天说的。
record-source =
    { $who ->
        [customer] 客户说的
        [worker] 师傅看到的
        [staff] 同事记的
       *[other] 导入的
    }，{ $day }{ $sure ->
        [100] {""}
       *[other] ，把握 { $sure }%
    }{ $old ->
        [old] ，久了，用前再问
       *[fresh] {""}
    }
record-story = 来往记录
record-happened = 来往记录，最近的在前：
record-empty = 还没有来往记录。
record-nobody = 没找到这位客户。说“客户”加名字，或加手机尾号四位。
record-which = 有 { $count } 位，是哪一位？
record-phone = { $name }的电话：{ $phone }。查看已记录。
record-visit = 预约 { $reference }：{ $name }，{ $status }，{ $total }
record-rating = 评价 { $reference }：{ $stars } 星
record-complaint = 投诉 { $number }：{ $kind }，{ $status }
record-case-open = 处理中
record-case-waiting = 等客户回话
record-case-resolved = 已解决
record-case-closed = 已结束
record-compensation =
    补偿：{ $kind ->
        [points] { $amount } 积分
        [coupon] { $amount } 优惠券
        [discount] 减 { $amount }
       *[refund] 退 { $amount }
    }{ $given ->
        [given] ，已给
       *[owed] ，待给
    }
record-points =
    积分 { $points }{ $what ->
        [spent] ，用掉
        [given-back] ，退回
        [expired] ，过期
        [taken-back] ，退款收回
        [adjusted] ，同事调整
       *[earned] {""}
    }{ $about ->
        [none] {""}
       *[other] （{ $about }）
    }
record-coupon =
    { $what }{ $state ->
        [held] ，已用在一单上
        [used] ，用掉了
        [void] ，已收回
       *[open] ，已发放
    }
record-package =
    次卡：{ $name }，{ $price }{ $state ->
        [pending] ，待收款
        [ended] ，到期
        [refunded] ，已退
        [withdrawn] ，没买成
       *[active] {""}
    }
record-consent =
    { $result ->
        [withdrawn] 不再同意：{ $what }
       *[given] 同意：{ $what }
    }
record-notification =
    { $way ->
        [sms] 短信
       *[email] 邮件
    }：{ $about ->
        [care] 关怀提醒
        [campaign] 优惠消息
       *[visit] 上门安排 { $about }
    }{ $result ->
        [sent] {""}
        [undelivered] ，没送到
        [expired] ，没发出去
       *[waiting] ，正在发
    }
record-talk =
    找过客服{ $status ->
        [closed] ，已处理
       *[other] ，处理中
    }

booking-still-label = 家里情况
booking-still-ask = 您以前说过这些，还是这样吗？
booking-still-help = “还是这样”，或者“有变化”。
booking-still-yes = 还是这样
booking-still-no = 有变化

# 怎么进门

go-entering = 怎么进门
entering-way-label = 进门方式
entering-way-ask = 怎么进门？比如“门锁密码 4471#，按两下”。加密保存，上门的人前一天才看得到。
entering-way-help = 写密码、钥匙放哪，或者怎么按门铃。
entering-lasts-label = 用多久
entering-lasts-ask = 这次用，还是以后都用？
entering-lasts-help = “只这次用”或“以后都用”。
entering-lasts-once = 只这次用
entering-lasts-always = 以后都用
entering-done = 记好了，{ $address }以后都这样进门。要换随时再说一次。
entering-done-once = 记好了，只这次用，{ $until } 自动删掉。
entering-no-home = 还没有您的地址，先说“加个地址”再告诉我怎么进门。

# 改电话的复核

go-phonefine = 没问题
go-phoneback = 改回去
told-phone-changed = { $name }把电话从 { $was } 改成了 { $became }，没有验证过。没问题就不用管；不对劲就改回去。
review-accepted = 好的，{ $name }的新电话留着。
review-undone = 改回去了，{ $name }还是原来的电话。
review-decided = 这个改动已经有人处理过，或者电话又改了。
