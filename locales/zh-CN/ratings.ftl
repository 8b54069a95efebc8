# 评价：问一次、提醒一次；低分变成投诉，中间的打电话，高分转告师傅
go-rating = 评价
rating-stars = { $stars } 分
rating-scale = 5 分很满意，3 分一般，1 分很不满意、我们马上处理。
rating-asked = { $worker }师傅这次做得怎么样？点一下打个分：
rating-asked-unchecked = { $worker }师傅这次做得怎么样？点一下打个分，4 分、5 分就算验收合格；要返工也点下面：
rating-nudge = { $visit }，还想听您一句：给{ $worker }师傅打几分？只再问这一次。
rating-option = { $visit }：{ $stars }
rating-line = { $stars }（{ $points }）
rating-visit-label = 上门
rating-visit-ask = 评价哪一次上门？
rating-visit-help = 选一个，或者写预约号。
rating-stars-label = 评分
rating-before-label = 上次的评分
rating-stars-ask = { $before ->
    [0] 打几分？
   *[other] 您上次打了 { $before } 分，要改成几分？只能改这一次。
    }5 分很满意，3 分一般，1 分很不满意、我们马上处理。
rating-stars-again = 没看懂是几分。写 1 到 5，比如“5星”。
rating-stars-help = “5星”，或者“3分”。
rating-beyond = 分数是 1 到 5 的整数，5 分最好。
rating-promised-label = 我们会做的
rating-what-label = 好与不好
rating-what-ask = { $stars ->
    [5] 谢谢您！{ $promised }哪里做得好？可以选几样，也可以不选。
    [4] 谢谢您！{ $promised }哪里做得好？可以选几样，也可以不选。
    [3] 谢谢您直说。{ $promised }哪里没做好？可以选几样，也可以不选。
   *[other] 对不起，这次让您失望了。{ $promised }哪里没做好？可以选几样，也可以不选。
    }
rating-what-none = 不选
rating-what-help = 点一下就选上，选好点“就这些”；不选也行。
rating-remark-label = 想说的话
rating-remark-ask = { $stars ->
    [5] 有话想带给师傅吗？打字我来转达；语音、照片我们自己留着看。
    [4] 有话想带给师傅吗？打字我来转达；语音、照片我们自己留着看。
   *[other] 具体怎么回事？打字、发语音、拍照都行，同事联系您之前会先看。
    }
rating-remark-skip = 没有了
rating-remark-again = 打字、发语音或者发一张照片都行；没有就点“没有了”。
rating-remark-help = “厨房擦得特别亮”。
rating-cancel = 就到这里
rating-left = 好的，评分已经记下了。
rating-good-punctual = 准时
rating-good-quality = 质量好
rating-good-attitude = 态度好
rating-good-contact = 沟通好
rating-good-careful = 细致
rating-good-more = 多做了一点
rating-bad-punctual = 不准时
rating-bad-quality = 质量不好
rating-bad-attitude = 态度不好
rating-bad-contact = 沟通不好
rating-bad-missed = 有漏做的
rating-bad-overcharged = 收费不对
rating-case = 已经记成投诉 { $number } 号，{ $by } 前同事会联系您；这次来的师傅以后不会再派给您。
rating-call = 客户打了 { $stars } 分，请回电听一听哪里没做好
rating-call-promised = { $by } 前同事会打电话听您说。
rating-unbarred = { $worker }师傅以后还可以来；已经记下的投诉，同事还是会联系您一次。
rating-done = { $stars ->
    [5] { $more ->
        [yes] 谢谢您，都转告师傅了，会很高兴的！
       *[no] 谢谢您，下次见！
    }
    [4] { $more ->
        [yes] 谢谢您，都转告师傅了。想让我们做得更好，随时说一声。
       *[no] 谢谢您。想让我们做得更好，随时说一声。
    }
    [3] { $more ->
        [yes] 记下了，同事打电话前会先看。想改评分，7 天内说“改评价”，可以改一次。
       *[no] 好的，等我们的电话。想改评分，7 天内说“改评价”，可以改一次。
    }
   *[other] { $more ->
        [yes] 都记到投诉里了，同事联系您之前会先看。
       *[no] 好的，等我们联系您。
    }
    }
rating-refer = 亲戚朋友家里要是也需要，把我们推荐给他们，就是最好的感谢。
rating-nothing = 现在没有可以评价的上门。做完以后 { $days } 天内可以评价。
rating-same = 这次您已经打了 { $stars } 分，记着呢。想改就说“改评价”，可以改一次。
rating-not-now = { $state ->
    [unfinished] 这次上门还没做完，做完了再请您评价。
    [edited] 这次的评价已经改过一次，不能再改了。还有话想说，选“找客服”，一样会处理。
   *[other] 过了可以评价的时间。有问题选“找客服”，一样会处理。
    }
told-rating-added = 投诉 { $number } 号，客户在评价里又补充了：
story-rated = 客户评分
story-rated-anew = 客户改了评分
story-appealed = 师傅对评分有异议
story-appeal-upheld = 异议成立，评分不计
story-appeal-refused = 异议不成立
ticket-rating = 评价
ticket-rating-words = 客户的话
ticket-rating-media = 语音、照片
ticket-rating-count = { $count } 个
ticket-rating-excluded = { $rating }（不计入师傅的分数）
told-barred = { $customer }打了低分，{ $worker }不再派给这位客户。已经约好的还有 { $count } 次，请换人：
told-to-ring = 请回电：{ $customer }给 { $visit }（{ $reference }）打了 { $rating }。{ $words ->
    [none] 客户没有多说。
   *[other] 客户说：“{ $words }”
    }
    { $phone ->
    [none] 没留电话，在聊天里联系，
   *[other] 电话 { $phone }，
    }{ $by } 前打。
told-praise = { $visit } 的客户给您打了 { $rating }！{ $words ->
    [none] 谢谢您的用心。
   *[other] 客户说：“{ $words }”
    }

go-myscore = 我的评分
myscore-told = 您现在 { $stars } 分，{ $times } 位客户打过分。分数看最近 50 次，越新的越重要。
myscore-lately = 最近 30 天有 { $count } 次评价{ $full ->
    [0] {""}
   *[other] ，其中 5 分 { $full } 次
    }。
myscore-talk = 店里想跟您聊一聊近况；聊过之前，先只派您去过的客户家。
myscore-too-few = 打过分的客户还不到 { $least } 位，先不给您看分数，免得一次就定好坏。
weekly-score = 您现在 { $stars } 分（{ $times } 位客户打过分）。

go-appealing = 对评分有异议
appealing-rating-label = 评分
appealing-rating-ask = 对哪一次的评分有异议？
appealing-rating-help = 选一个。
appealing-why-label = 理由
appealing-why-ask = 为什么不合适？写几句，同事会去核实，客户不会知道。
appealing-why-help = “客户自己改了时间，我是按新时间到的”。
appealing-left = 好的，不提了。
appealing-nothing = 最近 { $days } 天没有可以提异议的评分。
appealing-done = 收到了（{ $rating }），同事会去核实，有结果马上告诉您。
appeal-not-now = 这次评分不能再提异议了。有话想说，请打公司电话。
appeal-settled-before = { $member ->
    [none] 这个异议已经处理过了。
   *[other] { $member }已经处理过了：{ $upheld ->
        [yes] 成立。
       *[no] 不成立。
    }
    }
appeal-card-visit = 上门
appeal-card-customer = 客户
appeal-card-rating = 评分
appeal-card-words = 客户的话
appeal-card-why = 师傅的理由
go-appeals = 评分异议
go-appeals-yes = 成立，不计这次
go-appeals-no = 不成立
told-appeal = { $worker }对一次评分有异议，请核实后点一下。不用去问客户。
told-appeal-upheld = { $visit }：您说得对，这次评分不算了，不影响您的分数。
told-appeal-refused = { $visit }：同事核实过了，这次评分还是算数。别往心里去，下次做好就行；想聊聊可以打公司电话。
appeals-none = 没有等着处理的评分异议。
appeals-upheld = 好，{ $visit } 的评分不计了，已经告诉{ $worker }。
appeals-refused = 好，{ $visit } 的评分照算，已经告诉{ $worker }。

go-coaching = 要谈的师傅
go-coaching-done = 谈过了
go-coaching-done-with = 谈过了：{ $worker }
told-coaching = { $worker }。谈过之前不派新客户，去过的客户照常。请找时间聊一聊，谈完点“谈过了”。
coaching-line = { $name }（{ $stars } 分）：{ $why }，{ $since } 起
coaching-score = 分数偏低
coaching-low = 一个月里有两次低分
coaching-complaints = 有投诉成立
coaching-title = 要谈的师傅
coaching-told = 这几位要谈一谈；谈过之前不派新客户。谈完点“谈过了”：
coaching-none = 没有要谈的师傅。
coaching-done = 好，{ $name }谈过了，又可以接新客户了。
coaching-unknown = 没有找到这条记录。
coaching-done-before = { $member ->
    [none] { $name }已经不用谈了。
   *[other] { $member }已经和{ $name }谈过了。
    }
