"""Twenty points of customer service interviews, each said twice in other words, in English and in Chinese.

Written for this purpose, before any model was asked. `OTHERS` are sentences made of a point's words that say something
else, two a point, in its order.
"""

from __future__ import annotations

POINTS: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "I let the customer speak without interrupting.": (
            "I just kept quiet until she had got it all off her chest",
            "he told me the whole story before I said a single word",
        ),
        "I apologised for the trouble.": (
            "first of all I said how sorry I was about the mess",
            "I told her I really regretted that this had happened to her",
        ),
        "I stayed calm although the customer was shouting.": (
            "he was yelling at me but I kept my voice low and even",
            "even with all that anger I did not let myself get worked up",
        ),
        "I offered a refund or a replacement.": (
            "she could have her money back or a new one, whichever she liked",
            "I gave him the choice between getting paid back and a fresh pair",
        ),
        "I asked my manager for help.": (
            "so I went and got my supervisor involved",
            "I was not sure so I checked with my boss",
        ),
        "I called back later to check that everything was all right.": (
            "a week after that I phoned him to see if it still worked",
            "I followed up a couple of days later to make sure she was happy",
        ),
        "The customer stayed with us.": (
            "in the end she kept buying from our shop",
            "he is still coming back to us today",
        ),
        "I learned to ask questions before giving advice.": (
            "since then I find out what people need before I suggest anything",
            "what I took from it is do not recommend too early, ask first",
        ),
        "I want to work in a team.": (
            "I like having colleagues around me who pull together",
            "for me it matters that we help one another at work",
        ),
        "I am available on weekends.": (
            "Saturdays and Sundays are no problem for me",
            "I can take shifts at the end of the week",
        ),
        "I checked the order in the system.": (
            "I looked it up on the computer",
            "I pulled up her details on my screen to see what had gone wrong",
        ),
        "I know your company's products.": (
            "I have been reading about what you sell",
            "I use your app myself nearly every day",
        ),
        "I explained the technical problem in simple words.": (
            "I compared the router to a post office so she could picture it",
            "no jargon, I put it the way I would for my grandmother",
        ),
        "I took notes of every detail.": (
            "I wrote it all down while she talked",
            "I put down the times and names as he went along",
        ),
        "I solved it quickly, within an hour.": (
            "it was fixed in less than sixty minutes",
            "before lunch the whole thing was sorted",
        ),
        "I dealt with several customers at the same time.": (
            "there were four people waiting and I had to juggle them",
            "I had two chats open and the phone ringing",
        ),
        "I showed understanding for the customer's feelings.": (
            "I said I would be just as angry in her place",
            "I let him know that I could see why he was frustrated",
        ),
        "I speak two languages fluently.": (
            "English and Spanish both come easily to me",
            "I grew up bilingual so I can switch without thinking",
        ),
        "I kept my promise to the customer.": (
            "I had told her Friday and on Friday it was there",
            "what I said I would do, I did",
        ),
        "I handle stress well under pressure.": (
            "when it gets busy I take one thing after the other and breathe",
            "a long queue does not make me nervous",
        ),
    },
    "zh": {
        "我耐心倾听，没有打断客户。": (
            "我先让她把话全部说完，自己一句都没插嘴",
            "他讲了整个经过，我就在那边安静地听",
        ),
        "我向客户道歉。": (
            "我首先跟她说真的很对不起",
            "我表示非常抱歉，给您添麻烦了",
        ),
        "客户大喊大叫，我保持冷静。": (
            "他对我吼，可是我的声音一直很平稳",
            "虽然对方火气很大，我没有被带着生气",
        ),
        "我提出退款或者换货。": (
            "她可以把钱拿回去，也可以换一个新的",
            "我让他自己选，退钱还是重新寄一双",
        ),
        "我向经理求助。": (
            "我拿不准，所以去问了我的上司",
            "我就请主管过来一起处理",
        ),
        "之后我回访客户，确认问题解决了。": (
            "过了一个星期我又打电话问他还好不好用",
            "几天以后我联系她，看看她满不满意",
        ),
        "客户最后留了下来。": (
            "后来她还是继续在我们店里买东西",
            "他到今天都还是我们的老顾客",
        ),
        "我学会了先提问再给建议。": (
            "从那以后我都会先弄清楚别人需要什么才推荐",
            "我的体会是不要太早下结论，要先问",
        ),
        "我喜欢团队合作。": (
            "我希望身边有同事，大家一起努力",
            "对我来说互相帮忙很重要",
        ),
        "周末我可以上班。": (
            "星期六和星期天对我来说没问题",
            "周六周日排班我都行",
        ),
        "我在系统里查了订单。": (
            "我打开电脑看了一下她的购买记录",
            "我调出他的资料，看看哪里出了错",
        ),
        "我了解贵公司的产品。": (
            "我看过你们卖的东西",
            "你们的软件我自己几乎每天都在用",
        ),
        "我用简单的话解释技术问题。": (
            "我不说专业名词，就像跟奶奶讲那样",
            "我把路由器比作邮局，让她一听就懂",
        ),
        "我把细节都记录下来。": (
            "她一边说我一边写",
            "时间和名字我都用笔记了下来",
        ),
        "我很快就解决了问题。": (
            "不到一个小时就修好了",
            "午饭之前全部搞定",
        ),
        "我同时应对好几位客户。": (
            "有四个人在等，我得一起照顾",
            "我开着两个聊天窗口，电话还在响",
        ),
        "我对客户的感受表示理解。": (
            "我说换作是我也会生气的",
            "我告诉他我明白他为什么这么着急",
        ),
        "我会说两种语言。": (
            "英语和中文我都说得很流利",
            "我从小就是双语环境长大的",
        ),
        "我遵守了对客户的承诺。": (
            "我答应她星期五，星期五就真的到了",
            "我说过要做的事情都做到了",
        ),
        "我能承受压力。": (
            "忙的时候我就一件一件来，深呼吸",
            "排很长的队我也不会紧张",
        ),
    },
}

OTHERS: dict[str, tuple[str, ...]] = {
    "en": (
        "I told her the whole story of what we had done",
        "I asked him three questions in a row",
        "she told me she regretted buying it",
        "I said the rules did not allow it",
        "I got quite upset and raised my voice too",
        "it was a calm day with few customers",
        "the new pair costs more money",
        "she paid with her card",
        "my manager asked me to come in earlier",
        "I want to become a manager one day",
        "he called us a week ago",
        "I make about fifty calls a day",
        "she cancelled her subscription the same day",
        "the customer stayed for ten minutes",
        "I learned English at school",
        "I gave him the advice straight away",
        "I prefer to work on my own",
        "the team leader was very strict",
        "on weekends I go hiking with friends",
        "I am free to move to another city",
        "I ordered a new computer",
        "the system was down all morning",
        "I know how to use a computer",
        "I have never heard of your company",
        "he explained the problem to me in detail",
        "I have a degree in computer science",
        "I noticed a small detail on the box",
        "she sent us a written complaint",
        "it took us three weeks to find it",
        "we have a lunch break of one hour",
        "I dealt with one difficult customer for hours",
        "several colleagues left at the same time",
        "I did not understand what he wanted",
        "I felt terrible after that call",
        "I speak to two customers at once",
        "I would like to learn a language",
        "I could not promise him anything",
        "the customer promised to pay",
        "the pressure in the pipe was too high",
        "my last job was not busy at all",
    ),
    "zh": (
        "我把整个经过都告诉了她",
        "我一连问了他三个问题",
        "她说她后悔买了这个",
        "我说规定不允许这样做",
        "我也忍不住提高了嗓门",
        "那天店里很安静，没有什么人",
        "新的那一双更贵",
        "她是刷卡付的钱",
        "经理让我早点来上班",
        "我以后想当经理",
        "他上个星期打过电话来",
        "我每天大概要打五十个电话",
        "她当天就取消了会员",
        "客户在店里待了十分钟",
        "我在学校学过英语",
        "我马上就给了他建议",
        "我更喜欢一个人做事",
        "组长非常严格",
        "周末我和朋友去爬山",
        "我可以搬到别的城市",
        "我订了一台新电脑",
        "系统整个上午都坏了",
        "我会用电脑",
        "我从来没听说过你们公司",
        "他很详细地跟我解释了问题",
        "我是计算机专业毕业的",
        "我发现盒子上有个小细节",
        "她给我们寄了一封投诉信",
        "我们花了三个星期才找到",
        "我们午休一个小时",
        "我跟一个难缠的客户谈了好几个小时",
        "好几个同事同时辞职了",
        "我不明白他想要什么",
        "打完那个电话我心里很难受",
        "我同时跟两个客户说话",
        "我想学一门语言",
        "我没办法答应他什么",
        "客户答应会付钱",
        "水管的压力太大了",
        "我上一份工作一点都不忙",
    ),
}
