"""A second generator of indicator names with known truth, written apart from the first, to hold against it.

Where `made_names` draws from the tables of a yearbook, this one writes as people write in reports and spreadsheets:
owners and years before the name (我市, 全县, 今年), remarks and units in brackets, the measure left out where nothing
else is meant (第一产业 for its 增加值), words in another order, traditional script, blanks, list marks, and characters
for ones that look alike. `make_table(places, years)` gives the same columns as `made_names.make_table`.
"""

import random

import opencc
import pandas as pd

# unit|name|other writings …
_INDICATORS = """
亿元|地区生产总值|地区生产总值GDP|GDP总量|生产总值（GDP）
亿元|第一产业增加值|第一产业|一产增加值|第一产业实现增加值
亿元|第二产业增加值|第二产业|二产增加值|第二产业实现增加值
亿元|第三产业增加值|第三产业|三产增加值|第三产业实现增加值
%|地区生产总值增长率|GDP增长率|地区生产总值增速|GDP增长速度
元|人均地区生产总值|人均GDP|按常住人口计算人均GDP|人均生产总值
%|第二产业增加值占地区生产总值的比重|第二产业增加值占GDP的比重|二产占GDP比重
%|民营经济增加值占GDP比重|民营经济占GDP比重|民营经济增加值占地区生产总值的比重
亿元|农林牧渔业增加值|农林牧渔业实现增加值
亿元|农林牧渔业总产值|农林牧渔业产值
亿元|规模以上工业增加值|规上工业增加值|规模以上工业企业增加值
%|规模以上工业增加值增速|规上工业增加值增速|规上工业增加值增长率
亿元|规模以上工业总产值|规上工业总产值|规模以上工业企业总产值
亿元|规模以上工业企业主营业务收入|规上工业企业主营业务收入|规模以上工业主营业务收入
亿元|规模以上工业企业利润|规上工业企业利润总额|规模以上工业企业实现利润
%|规模以上工业产品销售率|规上工业产品销售率|规模以上工业产销率
户|规模以上工业企业|规上工业企业|规模以上工业企业数量
亿元|高技术制造业增加值|高技术制造业实现增加值
亿元|装备制造业增加值
亿元|数字经济核心产业增加值
亿元|建筑业总产值|建筑业产值|建筑业企业总产值
万平方米|房屋施工面积|房屋建筑施工面积
亿元|固定资产投资额|固定资产投资|固投|固定资产投资完成额
%|固定资产投资增速|固投增速|固定资产投资增长率
亿元|工业投资|工业投资额|工业固定资产投资
亿元|民间投资|民间投资额|民间固定资产投资
亿元|房地产开发投资|房地产开发投资额|房地产开发完成投资
万平方米|商品房销售面积|商品房销售总面积
亿元|商品房销售额|商品房销售金额
亿元|社会消费品零售总额|社零|社消零总额|社会消费品零售额
亿元|限额以上社会消费品零售额|限上社会消费品零售额|限额以上社会消费品零售总额
亿元|餐饮收入|餐饮业收入|餐饮收入额
亿元|实物商品网上零售额
亿美元|进出口总值|外贸进出口总额|进出口总额|外贸进出口
亿美元|出口总值|外贸出口|出口总额|出口额
亿美元|进口总值|外贸进口|进口总额|进口额
亿元|跨境电商进出口额|跨境电子商务进出口额|跨境电商进出口总额
万美元|实际利用外资|实际使用外资|实际到位外资|实际到账外资
个|新批外商投资企业|新设外商投资企业|新批外商投资企业数
亿元|财政总收入|财政收入总额
亿元|一般公共预算收入|公共财政预算收入|一般公共财政预算收入|地方一般公共预算收入
亿元|一般公共预算支出|公共财政预算支出|一般公共财政预算支出|地方一般公共预算支出
亿元|税收收入|税收|各项税收
%|税收收入占一般公共预算收入的比重|税收占一般公共预算收入比重|税收占比
亿元|民生支出|财政民生支出|民生类支出
亿元|教育支出|财政教育支出
亿元|金融机构人民币各项存款余额|金融机构人民币存款余额|人民币各项存款余额|人民币存款余额
亿元|金融机构人民币各项贷款余额|金融机构人民币贷款余额|人民币各项贷款余额|人民币贷款余额
亿元|住户存款余额|居民储蓄余额|居民存款余额
亿元|涉农贷款余额|涉农贷款
亿元|保费收入|保险保费收入|全年保费收入
亿元|证券交易额|证券成交额
元|城镇居民人均可支配收入|城镇居民可支配收入|城镇常住居民人均可支配收入
元|农村居民人均可支配收入|农村居民可支配收入|农村常住居民人均可支配收入
元|全体居民人均可支配收入|居民人均可支配收入|人均可支配收入
%|城镇居民人均可支配收入增速|城镇居民人均可支配收入增长率|城镇居民人均可支配收入增幅
%|农村居民人均可支配收入增速|农村居民人均可支配收入增长率|农村居民人均可支配收入增幅
元|城镇居民人均消费支出|城镇居民人均生活消费支出|城镇居民人均消费性支出
元|农村居民人均消费支出|农村居民人均生活消费支出|农民人均生活消费支出
%|城镇居民恩格尔系数
%|居民消费价格指数|居民消费价格总指数|CPI|居民消费价格指数CPI
万人|城镇新增就业|城镇新增就业人数|城镇新增就业人员
万人|农村劳动力转移就业|农村劳动力转移就业人数
%|城镇登记失业率|年末城镇登记失业率
元|在岗职工平均工资|在岗职工年平均工资
万人|户籍总人口|户籍人口|户籍人口总数
万人|常住人口|常住人口总数|常住总人口
万人|城镇常住人口|常住城镇人口
%|常住人口城镇化率|城镇化率|城镇化水平
‰|人口出生率|出生率
‰|人口死亡率|死亡率
‰|人口自然增长率|自然增长率
万吨|粮食总产量|粮食产量|粮食总产
万亩|粮食播种面积|粮食作物播种面积|粮食种植面积
万吨|棉花产量|棉花总产量
万吨|油料产量|油料总产量|油料作物产量
万吨|水果产量|水果总产量|园林水果产量
万吨|肉类产量|肉类总产量|肉类总产
万吨|牛奶产量|牛奶总产量
万头|生猪出栏|生猪出栏量|生猪出栏头数
万头|生猪存栏|生猪存栏量|生猪存栏头数
万亩|造林面积|完成造林面积|造林总面积
万亩|有效灌溉面积|农田有效灌溉面积
家|省级农业产业化龙头企业|省级农业产业化重点龙头企业|省级龙头企业
家|国家高新技术企业|高新技术企业|高企|高新技术企业数量
家|科技型中小企业|科技型中小企业数量|入库科技型中小企业
家|国家级专精特新小巨人企业|国家专精特新“小巨人”企业|国家级“小巨人”企业
家|省级专精特新企业|省级专精特新中小企业
家|省级企业技术中心
家|国家级企业技术中心
件|专利申请量|专利申请数|专利申请总量
件|专利授权量|专利授权数|专利授权总量
件|发明专利授权量|发明专利授权数
件|万人有效发明专利拥有量|每万人有效发明专利拥有量
%|研发投入占GDP比重|R&D投入占GDP比重|全社会研发投入占地区生产总值比重|研发经费投入强度
亿元|技术合同成交额|技术合同交易额|技术合同成交金额
户|新登记经营主体|新增经营主体|新登记市场主体
万户|经营主体总数|市场主体总数|经营主体|市场主体
万户|个体工商户|个体工商户数量
公里|公路总里程|公路里程|公路通车里程
公里|高速公路里程|高速公路通车里程|高速公路总里程
公里|农村公路里程|农村公路总里程
亿吨公里|公路货物周转量|公路货运周转量
万人次|铁路旅客发送量|铁路发送旅客
万吨|港口货物吞吐量|港口吞吐量
万标箱|集装箱吞吐量|港口集装箱吞吐量
万人次|机场旅客吞吐量|民航旅客吞吐量
万辆|民用汽车保有量|汽车保有量|民用汽车拥有量
万辆|私人汽车保有量|私家车保有量
万辆|新能源汽车保有量
亿元|邮政业务总量|邮政行业业务总量
亿件|快递业务量|快递量|快递业务总量
亿元|电信业务总量|电信业务量
万户|移动电话用户|移动电话用户数|手机用户
万户|固定互联网宽带接入用户|固定宽带用户|互联网宽带用户
个|5G基站|5G基站数|建成5G基站|5G基站数量
万人次|接待国内游客|国内游客|国内旅游人数|接待国内旅游者
万人次|接待入境游客|入境游客|接待入境旅游者
亿元|旅游总收入|旅游综合收入|旅游业总收入
所|普通高等学校|普通高校|普通高等院校
万人|普通高等学校在校生|普通高校在校学生|普通高校在校生人数
万人|普通小学在校生|小学在校学生|小学在校生
万人|普通初中在校生|初中在校学生|初中在校生
万人|在园幼儿|幼儿园在园幼儿|在园幼儿人数
%|高中阶段毛入学率|高中阶段教育毛入学率
%|学前教育毛入园率|学前三年毛入园率|学前三年教育毛入园率
个|公共图书馆|公共图书馆数量
个|博物馆|博物馆数量
%|广播综合人口覆盖率|广播人口综合覆盖率|广播节目综合人口覆盖率
%|电视综合人口覆盖率|电视人口综合覆盖率|电视节目综合人口覆盖率
个|医疗卫生机构|卫生机构|医疗卫生机构数
张|医疗卫生机构床位|卫生机构床位|医疗卫生机构床位数
人|卫生技术人员|卫生技术人员数|卫技人员
人|执业医师和执业助理医师|执业（助理）医师|执业医师及执业助理医师
人|注册护士|注册护士人数
岁|人均预期寿命|人口平均预期寿命|居民平均预期寿命
万人|城镇职工基本养老保险参保人数|参加城镇职工基本养老保险人数|城镇职工养老保险参保人数
万人|城乡居民基本养老保险参保人数|参加城乡居民基本养老保险人数|城乡居民养老保险参保人数
万人|失业保险参保人数|参加失业保险人数|失业保险参保职工
万人|工伤保险参保人数|参加工伤保险人数
%|基本医疗保险参保率|医保参保率|基本医保参保率
人|城市低保对象|城市最低生活保障对象|城市低保人数
人|农村低保对象|农村最低生活保障对象|农村低保人数
元|城市低保标准|城市最低生活保障标准|城镇低保标准
张|养老床位|养老服务床位|养老床位数
套|保障性住房开工|新开工保障性住房|保障性安居工程新开工
户|棚户区改造|改造棚户区|棚改
个|老旧小区改造|改造老旧小区|城镇老旧小区改造
天|空气质量优良天数|优良天数|空气优良天数
%|空气质量优良天数比例|空气质量优良率|优良天数比例|空气优良天数比率
微克/立方米|细颗粒物浓度|PM2.5浓度|PM2.5平均浓度|细颗粒物（PM2.5）平均浓度
%|地表水优良比例|地表水水质优良比例
%|森林覆盖率|全市森林覆盖率
平方米|人均公园绿地面积
%|城市污水处理率|城市生活污水处理率|城市污水集中处理率
%|城市生活垃圾无害化处理率|生活垃圾无害化处理率
%|单位GDP能耗下降率|单位地区生产总值能耗下降率|万元GDP能耗下降率
亿千瓦时|全社会用电量|全社会用电总量|社会用电量
亿千瓦时|工业用电量|工业用电
亿千瓦时|城乡居民生活用电量|居民生活用电量|居民生活用电
起|生产安全事故|各类生产安全事故|安全生产事故起数
人|生产安全事故死亡人数|安全生产事故死亡人数
""".strip()

INDICATORS = [line.split("|") for line in _INDICATORS.splitlines()]
_TO_TRADITIONAL = opencc.OpenCC("s2tw")
_LOOK_ALIKE = (
    "人八 入人 未末 己已 土士 千干 大太 日曰 田由 甲申 贷货 折拆 往住 复夏 账帐 增憎 曾会 值植 额颔 量重 农衣 "
    "村材 镇慎 城诚 投役 资贡 财材 税悦 规现 模摸 品晶 消悄 售焦 总怠 费贵 预顶 算篡 支文 收牧 业亚 企仝 工土 "
    "技枝 术木 新薪 高商 产严 房旁 地池 公么 共其 保宝 险俭 粮娘 食良 积枳 面而 口囗 进迸 出岀 外处 贸贺 网冈 "
    "车东 路跻 运远 客容 游浒 学字 校较 生主 医匡 院完 床庆 位拉 率摔 比此 重董 均圴 居屈 民氏 可司 配酏 单早"
)
_LOOKS = {}
for _right, _wrong in _LOOK_ALIKE.split():
    _LOOKS.setdefault(_right, []).append(_wrong)
_OWNERS = ("全市", "我市", "全区", "我区", "全县", "本市", "市")
_TIMES = ("", "{year}年", "全年", "今年", "{year}年度", "截至{year}年末", "年末", "{year}年，")
_MARKS = ("1.", "（三）", "二、", "★", "其中：", "#", "(5)", "—")
_REMARKS = ("（预计）", "（初步数）", "*", "（快报）", "情况", "完成数", "完成情况", "（快报数）")


def write_name(indicator, place, year, random_, slips):
    """Give one way to write an indicator in a report of a place and year."""
    unit, name, *others = indicator
    text = random_.choice(others) if others and random_.random() < 0.5 else name
    if random_.random() < slips:
        text = slip(text, random_)
    elif random_.random() < 0.06:
        text = _turn(text)
    if random_.random() < 0.35:
        owner = place if random_.random() < 0.35 else random_.choice(_OWNERS[:4])
        text = owner + text if text[:2] not in _OWNERS else text
    if random_.random() < 0.25:
        text = random_.choice(_TIMES).format(year=year) + text
    if random_.random() < 0.05:
        text = random_.choice(_MARKS) + text
    if random_.random() < 0.15:
        text += random_.choice((f"（{unit}）", f"({unit})", f"/{unit}", f"（单位：{unit}）", f"，{unit}", f" {unit}"))
    elif random_.random() < 0.04:
        text += random_.choice(_REMARKS)
    if random_.random() < 0.03:
        text = _TO_TRADITIONAL.convert(text)
    if random_.random() < 0.02:
        at = random_.randrange(len(text))
        text = text[:at] + random_.choice((" ", "\u3000")) + text[at:]
    return text


def slip(name, random_):
    """Give `name` with a character taken for one that looks alike, or dropped, or doubled."""
    places = [at for at, character in enumerate(name) if character in _LOOKS]
    if places and random_.random() < 0.7:
        at = random_.choice(places)
        return name[:at] + random_.choice(_LOOKS[name[at]]) + name[at + 1 :]
    at = random_.randrange(len(name))
    return name[:at] + name[at] * (2 * (random_.random() < 0.4)) + name[at + 1 :]


def _turn(name):
    """Give a name with its owner of households behind it in brackets, or its verb before it."""
    for owner in ("城镇居民", "农村居民", "规模以上工业企业", "规上工业企业"):
        if name.startswith(owner) and len(name) > len(owner) + 2:
            return f"{name.removeprefix(owner)}（{owner}）"
    for verb in ("销售", "施工", "改造", "出栏", "存栏"):
        if name.endswith(verb):
            return verb + name.removesuffix(verb)
    return name


def make_table(places, years, *, seed=2, slips=0.06):
    """Give `places` × `years` reports, one row for each indicator, in random order."""
    random_ = random.Random(seed)
    rows = []
    for number in range(places):
        place = "东西南北中上下左右前"[number % 10] + "平安和兴宁昌丰泰阳川"[number // 10 % 10] + "县区"[number % 2]
        for year in range(2024 - years, 2024):
            for truth, indicator in enumerate(INDICATORS):
                text = write_name(indicator, place, year, random_, slips)
                value = random_.lognormvariate(5, 2)
                rows.append((place, year, text, "level", value, indicator[0], f"{place}{year}", truth))
    random_.shuffle(rows)
    return pd.DataFrame(rows, columns=["place", "year", "indicator", "measure", "value", "unit", "report", "truth"])
