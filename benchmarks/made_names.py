"""Tables of realistic indicator names with known truth, made without any file of the lexicon.

`make_table(places, years)` gives place, year, indicator, measure, value, unit, report and `truth` (which of the 154
indicators below the row is). Each name is written as one of its usual writings, and may carry words before it (scope,
year, the place's name, a list number) and after it (a unit, 情况 …), traditional script, full width, and slips of the
pen: a character taken for one that looks or sounds like it, or for any other, left out, doubled, or swapped.
"""

import random

import opencc
import pandas as pd

# name|unit|other writings …
_INDICATORS = """
地区生产总值|亿元|GDP|生产总值|地区生产总值（GDP）|地区GDP
人均地区生产总值|元|人均GDP|人均生产总值
第一产业增加值|亿元|一产增加值
第二产业增加值|亿元|二产增加值
第三产业增加值|亿元|三产增加值|服务业增加值
地区生产总值增速|%|GDP增速|地区生产总值增长率|GDP增幅
第三产业增加值占GDP比重|%|第三产业增加值占地区生产总值比重|服务业增加值占GDP比重
农林牧渔业总产值|亿元|农林牧渔总产值
工业增加值|亿元|全部工业增加值
规模以上工业增加值|亿元|规上工业增加值|规模以上工业企业增加值
规模以上工业总产值|亿元|规上工业总产值|规模以上工业产值
规模以上工业企业利润总额|亿元|规上工业利润|规模以上工业利润总额
规模以上工业企业营业收入|亿元|规上工业营业收入|规模以上工业营业收入
规模以上工业企业利税总额|亿元|规上工业利税
规模以上工业企业数|家|规上工业企业数|规模以上工业企业单位数
规模以上服务业营业收入|亿元|规上服务业营业收入
建筑业总产值|亿元|建筑业产值
建筑业增加值|亿元
固定资产投资|亿元|固投|固定资产投资额|固定资产投资完成额
工业投资|亿元|工业固定资产投资
工业技改投资|亿元|工业技术改造投资|技改投资
民间投资|亿元|民间固定资产投资
基础设施投资|亿元|基础设施建设投资|基建投资
房地产开发投资|亿元|房地产投资|房地产开发投资额
制造业投资|亿元
高技术产业投资|亿元
商品房销售面积|万平方米|商品房屋销售面积
商品房销售额|亿元|商品房屋销售额|商品房销售金额
商品房施工面积|万平方米
商品房竣工面积|万平方米
社会消费品零售总额|亿元|社零总额|社消零总额|社会消费品零售额
限额以上单位消费品零售额|亿元|限上单位消费品零售额|限额以上消费品零售额
网上零售额|亿元|网络零售额
批发业销售额|亿元
零售业销售额|亿元
住宿业营业额|亿元
餐饮业营业额|亿元
进出口总额|亿元|外贸进出口总额|货物进出口总额
出口总额|亿元|外贸出口总额|出口额
进口总额|亿元|外贸进口总额|进口额
实际使用外资|亿美元|实际利用外资|实际到账外资
合同利用外资|亿美元|合同外资|协议利用外资
对外承包工程完成营业额|亿美元|对外承包工程营业额
一般公共预算收入|亿元|公共财政预算收入|地方一般公共预算收入|一般预算收入
一般公共预算支出|亿元|公共财政预算支出|地方一般公共预算支出
税收收入|亿元|各项税收收入
非税收入|亿元
税收收入占一般公共预算收入比重|%|税收占比|税收收入占比
政府性基金收入|亿元|政府性基金预算收入
政府性基金支出|亿元|政府性基金预算支出
财政总收入|亿元
教育支出|亿元
社会保障和就业支出|亿元|社保和就业支出
卫生健康支出|亿元|医疗卫生支出
科学技术支出|亿元|科技支出
政府债务余额|亿元|地方政府债务余额
金融机构本外币存款余额|亿元|本外币各项存款余额|金融机构本外币各项存款余额
金融机构本外币贷款余额|亿元|本外币各项贷款余额|金融机构本外币各项贷款余额
住户存款余额|亿元|居民储蓄存款余额|城乡居民储蓄存款余额
制造业贷款余额|亿元
普惠小微贷款余额|亿元|普惠小微企业贷款余额
保费收入|亿元|原保险保费收入
不良贷款率|%|银行业不良贷款率
上市公司|家|境内外上市公司|上市企业
城镇居民人均可支配收入|元|城镇常住居民人均可支配收入
农村居民人均可支配收入|元|农村常住居民人均可支配收入
居民人均可支配收入|元|全体居民人均可支配收入
城镇居民人均消费支出|元|城镇居民人均生活消费支出
农村居民人均消费支出|元|农村居民人均生活消费支出
城乡居民收入比|倍|城乡居民人均可支配收入之比
居民消费价格指数|%|CPI|居民消费价格总指数
工业生产者出厂价格指数|%|PPI|工业品出厂价格指数
城镇新增就业|万人|城镇新增就业人数|新增城镇就业
失业人员再就业|万人|下岗失业人员再就业
就业困难人员再就业|万人|就业困难人员实现再就业
城镇登记失业率|%|登记失业率
城镇调查失业率|%|调查失业率
城镇非私营单位就业人员平均工资|元|城镇非私营单位从业人员平均工资
常住人口|万人|常住人口数|年末常住人口
户籍人口|万人|户籍人口数|年末户籍人口
城镇化率|%|常住人口城镇化率
户籍人口城镇化率|%
出生人口|万人|出生人数
死亡人口|万人|死亡人数
人口自然增长率|‰|自然增长率
粮食总产量|万吨|粮食产量|粮食总产
粮食播种面积|万亩|粮食种植面积
粮食单产|公斤|粮食单位面积产量
油料产量|万吨|油料总产量
蔬菜产量|万吨|蔬菜总产量
肉类总产量|万吨|肉类产量
水产品产量|万吨|水产品总产量
生猪出栏|万头|生猪出栏量
生猪存栏|万头|生猪存栏量|年末生猪存栏
新增高标准农田|万亩|新增高标准农田面积
农业机械总动力|万千瓦|农机总动力
家庭农场|家|家庭农场数
农民专业合作社|家|农民合作社
高新技术企业|家|高新技术企业数|国家高新技术企业
科技型中小企业|家
国家级专精特新小巨人企业|家|专精特新“小巨人”企业|国家级专精特新“小巨人”企业
省级专精特新中小企业|家|省级专精特新企业
研发投入强度|%|R&D经费支出占GDP比重|全社会研发投入占GDP比重
全社会研发经费支出|亿元|R&D经费支出|全社会研发投入
专利授权量|件|专利授权数
发明专利授权量|件|发明专利授权数
万人发明专利拥有量|件|每万人发明专利拥有量|每万人口发明专利拥有量
技术合同成交额|亿元|技术合同成交金额|技术市场合同成交额
高新技术产业产值占规模以上工业产值比重|%|高新技术产业产值占规上工业产值比重|高新技术产业产值占规模以上工业总产值比重
战略性新兴产业产值|亿元
市场主体|万户|各类市场主体|经营主体
新登记市场主体|万户|新增市场主体|新设市场主体
个体工商户|万户|个体户
公路货运量|万吨
公路客运量|万人次
货物周转量|亿吨公里|货运周转量
旅客周转量|亿人公里|客运周转量
港口货物吞吐量|万吨|港口吞吐量
集装箱吞吐量|万标箱|港口集装箱吞吐量
机场旅客吞吐量|万人次|民航旅客吞吐量
高速公路里程|公里|高速公路通车里程
公路里程|公里|公路总里程|公路通车里程
民用汽车保有量|万辆|民用汽车拥有量|汽车保有量
私人汽车保有量|万辆|私人汽车拥有量
快递业务量|万件|快递量
快递业务收入|亿元
移动电话用户|万户|移动电话用户数
互联网宽带用户|万户|互联网宽带接入用户|固定宽带用户
接待游客|万人次|接待游客人次|旅游接待人次|接待国内外游客
旅游总收入|亿元|旅游综合收入|旅游收入
普通高校在校生|万人|普通高等学校在校学生
小学在校学生|万人|小学在校生
初中在校学生|万人|初中在校生
九年义务教育巩固率|%|义务教育巩固率
医疗卫生机构床位|张|卫生机构床位数|医疗卫生机构床位数
执业医师|人|执业（助理）医师
注册护士|人|注册护士数
每千人口床位数|张|每千人口医疗卫生机构床位数
城镇职工基本养老保险参保人数|万人|企业职工基本养老保险参保人数
城乡居民基本医疗保险参保人数|万人|城乡居民医保参保人数
失业保险参保人数|万人|参加失业保险人数
城市低保人数|人|城市低保对象人数
农村低保标准|元|农村最低生活保障标准
养老机构床位|张|养老床位
空气质量优良天数比例|%|空气质量优良率|空气优良天数比率
PM2.5平均浓度|微克/立方米|PM2.5浓度|细颗粒物平均浓度|PM2.5年均浓度
国考断面水质优Ⅲ比例|%|国考断面水质优良比例|国考断面水质达到或好于Ⅲ类比例
单位GDP能耗|吨|万元GDP能耗|单位地区生产总值能耗
污水集中处理率|%|污水处理率
森林覆盖率|%
建成区绿化覆盖率|%
全社会用电量|亿千瓦时|用电量
工业用电量|亿千瓦时
老旧小区改造|个|改造老旧小区
""".strip()

INDICATORS = [line.split("|") for line in _INDICATORS.splitlines()]
_TO_TRADITIONAL = opencc.OpenCC("s2t")
_MISTAKEN = (
    "人入未末己已日曰土士千干天夫贷货折拆住往复覆账帐增曾值植额颜量里农衣镇填术木技枝收牧支技资姿财材"
    "税说业亚规视模摸品晶总忠地第产铲定订投头城成经径费废消销进近口扣工公企起利力旅旋游由"
)
"""Characters taken for one another, two by two."""
_ALIKE = {}
for _pair in zip(_MISTAKEN[::2], _MISTAKEN[1::2], strict=True):
    _ALIKE.setdefault(_pair[0], []).append(_pair[1])
    _ALIKE.setdefault(_pair[1], []).append(_pair[0])
_ANY = (
    "的一是在不了有和这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去"
    "把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或"
    "但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次"
    "品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必"
    "战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收"
    "证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马"
    "节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断"
    "深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候"
    "毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)


def slip(name, random_):
    """Give `name` with one slip of the pen."""
    if len(name) < 4:
        return name
    at = random_.randrange(len(name))
    kind = random_.choices(("alike", "any", "missing", "doubled", "swapped"), (50, 10, 15, 10, 15))[0]
    if kind == "alike":
        places = [at for at, character in enumerate(name) if character in _ALIKE]
        if not places:
            return name
        at = random_.choice(places)
        return name[:at] + random_.choice(_ALIKE[name[at]]) + name[at + 1 :]
    if kind == "any":
        return name[:at] + random_.choice(_ANY) + name[at + 1 :]
    if kind == "missing":
        return name[:at] + name[at + 1 :]
    if kind == "doubled":
        return name[:at] + name[at] + name[at:]
    at = min(at, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def write_name(indicator, place, year, random_, slips):
    """Give one way to write an indicator in a report of a place and year."""
    name, unit, *others = indicator
    text = random_.choice(others) if others and random_.random() < 0.45 else name
    if random_.random() < slips:
        text = slip(text, random_)
    before = random_.choices(
        ("", "全市", "全年", f"{year}年", f"{year}年全市", place, f"{year}年{place}", f"{random_.randrange(1, 20)}、"),
        (46, 10, 5, 5, 5, 9, 15, 5),
    )[0]
    after = random_.choices(("", f"（{unit}）", "完成情况", f"（{year}年）"), (82, 10, 3, 5))[0]
    text = before + text + after
    if random_.random() < 0.02:
        text = _TO_TRADITIONAL.convert(text)
    return text


def make_table(places, years, *, seed=1, slips=0.08):
    """Give `places` × `years` reports of 154 rows each, in random order."""
    random_ = random.Random(seed)
    rows = []
    for place_number in range(places):
        hundred = "" if place_number < 100 else str(place_number // 100)
        first, second = "甲乙丙丁戊己庚辛壬癸"[place_number % 10], "州江山城阳安宁海川原"[place_number // 10 % 10]
        place = f"{first}{second}{hundred}市"
        for year in range(2024 - years, 2024):
            for number, indicator in enumerate(INDICATORS):
                text = write_name(indicator, place, year, random_, slips)
                value = random_.lognormvariate(5, 2)
                rows.append((place, year, text, "level", value, indicator[1], f"{place}{year}", number))
    random_.shuffle(rows)
    return pd.DataFrame(rows, columns=["place", "year", "indicator", "measure", "value", "unit", "report", "truth"])
