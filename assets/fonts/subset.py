"""Subsets the fonts: Noto Sans SC to GB2312, Latin, symbols and name characters; Phosphor to the icons of src/ui/icons.rs."""

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

here, noto, latin, phosphor = map(Path, sys.argv[1:5])

SYMBOLS = (
    "¥€£$−–—―…·×÷→←↑↓↔℃°±≤≥≠≈•“”‘’«»《》〈〉「」『』【】〔〕、。・‰†‡§¶©®™№√∞∑Ωμ½¼¾"
    "①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ■□▲△▼▽●○◆◇★☆㎡㎜㎝㎞㎏㎎〇〒々ー～〜"
    "\u2002\u2003\u2009\u202f\u00a0\u3000"
)

# Characters of personal and company names outside GB2312.
NAMES = (
    "喆堃昇淼玥珺祎翀赟镕陞犇焱鑫喆堃昇祎翀赟镕陞犇焱骉麤羴猋毳垚森晶磊淼犇矗骉尛嚞囍囧"
    "玥珺琤珅玙珣珩玹珮琎琇珹琁琄琍琪琰琬琭瑀瑄瑅瑆瑒瑨瑱瑢瑧璟璠璘璜璐璩璮璨璈瓈玘玟玠玢玧玭玮珉珈珏珞珧珵琚琛琦琨琮琯琲琳瑛瑶"
    "昉昕昰昱昳昴昶晅晖晗晙晞晟晢晫晳晴晸暄暐暕暟暘曈曌曦旻昀昙旸旼昺曚曜杲杳"
    "炘炜炫炯烜烨烽焓焜焯焮煊煐煜煦煒熠熹熺燊燏燚爔燿炅炆炤炻烎烔烶焌"
    "沄沅沐沚泂泓泔泠泫泺洺洧洵洸浛浠浡浥涒涴淏淯淳渼湉湜湝湲溁滢滪漪漩潆潼澂澄澐澔澍濛瀚灏灝滟渌淦湛沨沣沇沔洹浔潞潋"
    "婕婧婳婵媖媛媞媱嫄嫣嫒嫕嬅姈姌姝姞姣姮娅娉娈娓娜娴婠婞婼妘妤妧姁姍"
    "峣峤峥峰峻崀崑崚崟嵘嵛嵩嵿巍岍岚岑岱屾峄崒嵊嶷"
    "楠栩桢桓桁栋栎柽栴梓棽棪楒楸槿樾橦檀檠檬杞杦枞柘柠梵棣椿楷榕榛榞樨檑"
    "芃芊芮芷苒苓苡茉茗茜荃莛莞莨菁菡菲萱萾葳蒨蓁蓂蓓蔚蔺蕤蕙蕾薇薷藜蘅荇莘菀葭蓉蕴藿"
    "铄铖铠铭锜锟锴锳镒镛镝镫鎏钰钲钶铉铎铮铱锃锆锜镠鍀鋆鋐鋕錡鎔鑅鑫釗釤鈞鈺鈜銘銳銶錕錦鎮鏞鐸"
    "祐祕祺禛禤禔禕祾禄祉祎祜祯禧禩禮"
    "翊翎翙翚翯翾翃翛翥翮翰"
    "骁骅骏骐骕骙骞骥骦驎駿騏骎骢"
    "竑竣竫笪筠筱筵箐篁篪"
    "赟赪赭贇贠贽赉"
    "诒诩诤诺谌谊谞谡谧譞諲譓"
    "隽隺雍雎雯雱霁霏霖霂霈霙霭靓靖韬頔颀颉颋颐颢顼頫"
    "勍勖勰劼劢勔匡卉卓厍叡吢咏哿喬嗣嘉嘏嚴囡坤坻垕垣垲埈埕堉堔塬墉墡壎壕"
    "夤奕奭奡孛孜孟宓宥宬宸寔寯尧尨巽帔幷庥廙弘弢彀彣彧彬彭徕徵忞忻怡怿恂恒恺悃悫悰惇惟愃愔愷慜懋懿戬扆扬抒拓挺揆揚揭摯攸敉敔敫斌斐斓旂旃"
    "晔暤朕朗朴朶欣欧歆毓毅沁"
    "烺煚爰爻犨玄瓒甄甯畅畇畈畋皓皛皞皦盈盱盷睎睿瞿矜矞硕碧磊祁禹秋秝稔穆穎竞竺粲綦緁纮纻绅绎绚绛绡绣绤绨绮绰缇缊缦缪"
    "罘羿耀耘聃聍聿肜肸胤脩臻舜艾良芾虓虔蜺衍衎裒裕覃觐訚訢諴謇豫豳贤赫跂踔躬軒輝輈轩轶辂辇辰逄逯逖逵遹邈邕邗邝邠邡邴郃郄郅郇郏郗郜郦郧郯郾鄄鄞鄢鄣鄯酆酾醴"
    "釪鎭闫闵闻闿阊阗阚陟隗雒靳鞠韪韫頵顗飏飖馥駪髙鲲鳐鸢鸾鹂鹏鹔鹭麒麟黎黻鼐齊龑龢龚龔㛃㵾䶮䲟"
    "凃凊凇刘剀劻卟卬厐叄吔呂咘哖喵嗯噜嚯囝圳垟垄堺塅墘夼妡娣娭孖宍寳屌岀岽峇峯嶋巿幚廰廸彤恵愰戶扥拚捊掱攞旉暠朿杧枧柟栢栾桠棨椤槺樑橞欎歩氹汈洛洣涌涪淥溎溇滘滉漈漵潽濉瀞瀹灣炁焗焴煲燜爿犟珑琹瑠璿甡甪甬畲疍癀皕皥盦睺砼磜祢穂窅竃笋筍箣粄粿糍糌糬綠緈罡脷腩臜芛苨茺荖菓萡葰蔘蕻薳蚵蛏蜆螄衖袆褀觭訫誉謙讠豊赑趙跶軎轘辧迪邨邮郢鄌酎釉鉑鉴銁鋭錸鍩鎂鏈钘钬铔铕铨铷锶镁镧镨镱镲镴閆陈隆雲霨靑靝鞡韋顒飒餸饹饸馃馄駒骝髪魟鮀鮟鱇鲃鲅鲍鲙鳀鳚鳜鷄鹮鹵麸麹黃黑黟鼎齉"
    "囤坩埚堿塍墩夯奀孓嬲尕屃岙峁崮嵖嵝巯帱庑庹弇彳悈扦抻拶挜掼揞搛搪摞撙撸擀攮敕斠旯旮晷暝朊杈枵柰栌桎桡桷梾棰椴楂楦榫槭橛檩欹殪毐毽氅氘氚氕汩汴沤泐洄浃涘淖渑渫湫溧溻滇漶潲澌澹濂瀑灞炝烀烙焐焖焦煅煸熘熥燎爨牦犒猹玳瓠瓿甑畀疃"
    "瘸癯皴盅眍睃睢瞀矬砀砣硎硖硚硪碓碚碡碶磙磴祧禊禺秭稗稷穰窀窨竦筘筢筻箅箜箩箬篾簖簸籼粑粝粢糁糗糨絷縻绁绗绠缂缃缏缑缒缗缣缥缫缬缯缱罅罟罡罨罱罹羟羧翦翳翼耋耒耖耜耠耢耥耦耧耨耩耪耱"
    "髹鬶魮鮊鱲鲀鲄鲉鲊鲌鲏鲓鲕鲖鲗鲘鲪鲬鲯鲹鲾鳁鳂鳈鳉鳎鳑鳒鳠鳡鳤鳛"
    "榀袛梼橐櫆珫琡瑭瑮璆璬瓘甝晊晪晐昪昃昄旿皔皙睍瞳湑滃溆澧瀛瀅漾濬灝沺泖泇洢涓淙淇淩湙溦潍潇彥偲倓俶俅佺佶侁侑傃儇兟冕冼净凌凪凝劭勐勑勳匀卲叙吉启哲唐啓喆喜嗪嘒嘦圻圩坚垯垵埌埔埸堎塽増奂奇奚奣妏妗妙妠姚娟婄婷媄嫀嬿孆孙孝宁宋安"
)


def ranges(*pairs):
    return {c for first, last in pairs for c in range(first, last + 1)}


def gb2312():
    out = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                out.update(map(ord, bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    # Kana, Cyrillic and bopomofo stay with the system's fonts; frames are drawn, not written.
    return {c for c in out if not (0x0400 <= c <= 0x04FF or 0x2500 <= c <= 0x257F or 0x3041 <= c <= 0x3129)}


def write(source, target, points):
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "vhea", "vmtx", "VORG", "BASE", "DSIG", "STAT", "meta"]
    font = TTFont(source)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    missing = sorted(set(points) - set(font.getBestCmap()))
    if missing:
        print(target.name, "has no", "".join(map(chr, missing)))
    return font


def set_lines(font, em):
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 980 * em // 1000, -220 * em // 1000, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = 980 * em // 1000, -220 * em // 1000, 0
    os2.usWinAscent, os2.usWinDescent = 980 * em // 1000, 220 * em // 1000


text = gb2312() | ranges((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2015), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6))
text |= set(map(ord, SYMBOLS + NAMES))
for weight in ["400Regular", "500Medium"]:
    target = here / f"NotoSansSC-{weight[3:]}.ttf"
    font = write(noto / weight / f"NotoSansSC_{weight}.ttf", target, text)
    # Noto's own line height is 1.45 em; a control of 32 points wants less.
    em = font["head"].unitsPerEm
    set_lines(font, em)
    font.save(target)

    # Latin Extended-A (Łódź, Škoda): Noto Sans SC has none; its own Latin is Source Sans at 111.7 %.
    # And … on the baseline for English: Noto's stands at mid-height, as Chinese has it.
    target = here / f"LatinExt-{weight[3:]}.ttf"
    font = write(latin / weight / f"SourceSans3_{weight}.ttf", target, ranges((0x100, 0x17F), (0x2026, 0x2026)))
    em = font["head"].unitsPerEm = round(font["head"].unitsPerEm / 1.117)
    set_lines(font, em)
    # The licence keeps the name "Source" for unchanged fonts.
    for record in font["name"].names:
        record.string = "Zhanggui Latin Extended"
    font.save(target)

icons = (here / "../../src/ui/icons.rs").read_text(encoding="utf-8")
points = [int(code, 16) for code in re.findall(r"\\u\{([0-9a-f]+)\}", icons)]
font = write(phosphor / "src/regular/Phosphor.ttf", here / "Phosphor.ttf", points)
for table in font["cmap"].tables:
    # Key hints write Enter as ↵, which the text fonts lack.
    if 0xE044 in table.cmap:
        table.cmap[0x21B5] = table.cmap[0xE044]
font.save(here / "Phosphor.ttf")
