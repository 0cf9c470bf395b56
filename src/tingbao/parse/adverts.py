"""Adverts and the legal notices of private people and firms, which nobody wants read."""

from __future__ import annotations

import re

from tingbao.parse.words import any_of, spaced

_LONGEST_TITLE = 60
_TITLE_MARKS = " \u3000*■□●◆▲《》【】"

_ENDINGS = any_of(
    "(?:遗失|挂失|作废)(?:声明|启事|公告|启示)? 声明作废 注销(?:登记)?公告 清算公告 减资公告",
    "(?:吸收)?合并公告 分立公告 债权(?:申报|转让|人)?.{0,16}公告",
    "环(?:评|境影响).{0,20}(?:公示|公告)",
    "公益广告 招商(?:公告|启事|信息) 招租(?:公告|启事|信息)? 开奖(?:公告|结果|信息) 拍卖公告",
    "(?:双色球|福利彩票|体育彩票|福彩|体彩|大乐透|彩票).{0,16}(?:开奖|公告|号码|期|走势图?)",
    "寻[人物亲尸]启事 认[尸领]启事",
    "房屋(?:出租|出售|转让) (?:出租|转让|出售)信息 分类(?:广告|信息) 便民信息",
    "催[款收](?:公告|通知) 律师(?:声明|函) (?:送达|开庭)公告 法院公告 仲裁.{0,10}公告 招标公告",
    "中标公[示告] 竞[价买]公告 出让公告 股权转让公告 征婚启事",
)
_WHOLE = spaced(
    "双色球 大乐透 七乐彩 福彩 体彩 福利彩票 体育彩票",
    "声明 讣告 公告栏 广告 招聘 招聘启事 招聘信息 信息窗 便民服务 商业信息 声明·公告",
)
_TITLE = re.compile(rf"{_ENDINGS}$|^{_WHOLE}$")

_LONGEST_OFFER = 160
_PHONE = re.compile(
    r"(?<![\d.])(?:1[3-9]\d{9}|(?:0\d{2,3}[-－—\s])?\d{7,8}|\d{3}-\d{3}-\d{4})(?!\d)"
)
_OFFERS = re.compile(
    any_of(
        "高价 低价 特价 促销 优惠 折扣 面议 价格合理 收购 回收 出租 出售 转让 招租 招商 加盟 诚聘",
        "高薪 急[招聘售租] 上门服务 批发 零售 疏通 搬家 开锁 贷款 诊所 镶牙 种植牙 包治 代办",
        "有意者 拎包入住 欢迎来电 欢迎选购 厂家直销 免费咨询",
    )
)
_NO_OFFER = re.compile(r"记者|本报|本刊|近日|公告|通告|通知|公示|举报|监督电话|政府|委员会|管理局")
_HINT = re.compile(r"作废|遗失|债权|本院受理|本委受理")
_LEGAL = re.compile(
    r"(?:遗失|丢失|被盗|损毁|损坏|补办|声明|现将|原).{0,120}作废[。！；]?$|"
    r"^.{0,30}遗失.{2,80}声明。?$|"
    r"(?:拟|决定|经.{0,20}决议).{0,40}(?:注销|减资|解散|清算|注册资本).{0,200}(?:债权人|申报债权)|"
    r"本[院委]受理.{0,120}(?:公告送达|视为送达|缺席(?:审理|判决|裁决))|"
    r"请.{0,10}债权人.{0,40}(?:申报|清偿)|"
    r"自(?:本)?公告(?:见报|刊登|发布|之日).{0,40}(?:申报债权|债权)"
)


def is_commercial(text: str) -> bool:
    """Whether a short text only offers goods or services and says where to call."""
    return bool(
        len(text) <= _LONGEST_OFFER
        and _PHONE.search(text)
        and _OFFERS.search(text)
        and not _NO_OFFER.search(text)
    )


def is_advert_title(text: str) -> bool:
    """Whether the line heads an advert or a legal notice of a private kind."""
    return len(text) <= _LONGEST_TITLE and bool(_TITLE.search(text.strip(_TITLE_MARKS)))


def is_legal_advert(text: str) -> bool:
    """Whether the text is a lost-papers or creditors' notice."""
    return bool(_HINT.search(text) and _LEGAL.search(text)) and "记者" not in text
