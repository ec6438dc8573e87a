"""Regions: every statistic in words, places among others, what the printed numbers contradict."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ecanalysis import documents, language, metrics, regions
from ecanalysis.catalog import Catalog
from ecanalysis.narrative import Paragraph
from ecanalysis.phrases import FRAME, PHRASES
from ecanalysis.statements import Fact, label_of, of_group, paragraph

IDS = [row["id"] for row in documents.regions()]


def told(region: regions.Region) -> list[Paragraph]:
    """All parts of a region's text."""
    parts = [region.told(group, group, group) for group in PHRASES]
    return [part for part in parts if part is not None]


def test_the_report_describes_37_regions():
    """Chapter 8 has 32 province-level regions and five cities."""
    assert (len(regions.provinces()), len(regions.planned_cities())) == (32, 5)


@pytest.mark.parametrize("id", IDS)
def test_every_statistic_of_a_section_is_told(data: Catalog, id: str):
    """Whoever reads a region's sentences has missed none of its rows, in either language."""
    profile = documents.document("region_profile").resolved({"region": id})
    rows = {row["id"] for row in data.select(source="mofcom-2018") if profile.covers(row["section"])}
    for code in language.LANGUAGES:
        language.use(code)
        shown = {row for part in told(regions.region(id)) for row in part.evidence}
        assert shown == rows, code


@pytest.mark.parametrize("id", IDS)
def test_both_languages_tell_the_same_numbers(id: str):
    """The number elements of the Chinese and the English text hold the same values."""
    values = []
    for code in language.LANGUAGES:
        language.use(code)
        markup = "".join(part.html for part in told(regions.region(id)))
        values.append(sorted(re.findall(r'<data class="number" value="([^"]*)"', markup)))
    assert values[0] == values[1]


def test_phrases_stand_for_indicators_and_items_that_exist(data: Catalog):
    """A phrase for an indicator or item that no table knows would never be used."""
    known = {name: set(data.tables[name]["id"]) for name in ("indicators", "items", "areas")}
    for words in PHRASES.values():
        for indicator, phrases in words.items():
            assert indicator in known["indicators"]
            for item in phrases:
                name, _, area = item.partition("@")
                assert item == FRAME or (name in known["items"] and area in {"", *known["areas"]})


def test_phrases_come_in_pairs():
    """Each wording has both languages."""
    assert all(
        len(pairs) % 2 == 0 for words in PHRASES.values() for phrases in words.values() for pairs in phrases.values()
    )


def test_a_city_of_the_province_is_told_in_a_paragraph_of_its_own():
    """What Liaoning's section says of Dalian opens with the city."""
    language.use("en")
    part = regions.region("CN-21").told("delivery", "快递", "Delivery")
    assert part is not None
    assert part.plain.splitlines()[2].startswith("In Dalian, the pilot of delivery to the door took in 27")


def test_a_cut_off_date_opens_the_first_sentence_it_holds_for():
    """Stocks of November are introduced once."""
    part = regions.region("CN-15").told("parks", "园区", "Parks")
    assert part is not None
    assert part.plain.count("截至 2018 年 11 月") == 1


def test_a_target_is_called_a_target():
    """A row with the status of a forecast is no achievement."""
    part = regions.region("CN-14").told("counties", "县乡", "Counties")
    assert part is not None
    assert "70% 的贫困村（目标）" in part.plain


@pytest.mark.parametrize(
    ("count", "words"), [("1", "1 national demonstration base"), ("3", "3 national demonstration bases")]
)
def test_english_nouns_follow_their_number(data: Catalog, count: str, words: str):
    """One base is a base."""
    language.use("en")
    level = replace(data.obs("demonstration_bases", "national", "CN-63"), printed=count)
    level = replace(level, value=level.value * int(count))
    fact = Fact("demonstration_bases", "national", "CN-63", "2018", measures={"level": level})
    assert str(paragraph([fact], "parks")) == f"It had {words} for e-commerce."


def test_a_statistic_without_a_phrase_is_told_all_the_same(data: Catalog):
    """A new row is named and shown until somebody finds words for it."""
    fact = Fact("courts", "total", "CN-44", "2018", measures={"level": data.obs("universities", area="CN-21-dalian")})
    assert of_group([fact], "measures") == [fact]
    assert str(paragraph([fact], "measures")) == f"{label_of('courts', 'total').zh} 27 所。"


def test_a_part_without_statistics_is_left_out():
    """Gansu prints nothing on delivery."""
    assert regions.region("CN-62").told("delivery", "快递", "Delivery") is None


def test_a_province_leaves_out_the_city_that_has_a_profile_of_its_own():
    """Shenzhen's turnover is not Guangdong's."""
    assert regions.region("CN-44").get("ecommerce_turnover") is None
    assert regions.region("CN-44-shenzhen").get("ecommerce_turnover") is not None


def test_places_are_counted_among_values_in_one_unit():
    """Shanxi prints its sales of goods without the yuan and has no place among those with it."""
    standings = {(s.indicator, s.item): s for s in regions.region("CN-14").standings()}
    goods = standings["online_retail_sales", "goods"]
    assert (goods.level_rank, goods.share) == (None, None)
    assert goods.gap is not None
    assert goods.gap.text("en") == "24.7 percentage points"


@pytest.mark.parametrize("id", ["CN-34", "CN-44", "CN-44-shenzhen"])
def test_what_each_region_counts_its_own_way_is_not_compared(id: str):
    """Cross-border trade has neither places nor gaps to the nation."""
    standings = {s.indicator: s for s in regions.region(id).standings()}
    trade = standings["cross_border_ecommerce_trade"]
    assert trade.growth is not None
    assert (trade.level_rank, trade.growth_rank, trade.gap, trade.share) == (None, None, None, None)


def test_what_is_printed_as_a_limit_is_not_calculated_with(data: Catalog):
    """Jilin's turnover grew by over 30 %, which is no gap of 21.5 points."""
    jilin = {s.indicator: s for s in regions.region("CN-22").standings()}
    assert jilin["ecommerce_turnover"].gap is None
    over, exact = (data.obs(i, area="CN-62") for i in ("ecommerce_turnover", "online_retail_sales"))
    assert regions.if_known(metrics.share, exact, over) is None


def test_a_printed_share_that_the_levels_contradict_is_found():
    """Shaanxi prints retail sales as 63.5 % of turnover, by its own levels they are 13.9 %."""
    found = [
        (id, str(fact.label), share.text()) for id in IDS for fact, share, _ in regions.region(id).contradictions()
    ]
    assert found == [("CN-14", "非实物商品网上零售额", "53%"), ("CN-61", "网上零售额", "63.5%")]


def test_a_place_holds_every_place_the_digits_allow(data: Catalog):
    """Over a trillion yuan may be third, or second if it is nearly two."""
    guangdong, zhejiang, shanghai = (data.obs("online_retail_sales", area=f"CN-{code}") for code in (44, 33, 31))
    place = metrics.rank(shanghai, [guangdong, zhejiang])
    assert (place.text(), place.low, place.high) == ("3", 2, 3)
    assert metrics.rank(guangdong, []).text("en") == "1"


def test_a_place_among_other_units_is_refused(data: Catalog):
    """Yuan and parcels have no order."""
    with pytest.raises(ValueError, match=r"^cannot rank 万亿元 among 亿件: their base units differ$"):
        metrics.rank(data.obs("online_retail_sales"), [data.obs("express_delivery_volume")])


def test_what_other_sections_say_of_a_region_is_found():
    """Dalian is mentioned in Liaoning's section, Liaoning's own table does not repeat Dalian's."""
    dalian, liaoning = (regions.region(id).elsewhere() for id in ("CN-21-dalian", "CN-21"))
    assert dalian is not None
    assert "mofcom-2018.8.6.2.06" in dalian.evidence
    assert liaoning is None


def test_a_calculation_with_a_missing_number_is_missing(data: Catalog):
    """Shares of what nobody printed, or of another currency, are not computed."""
    yuan, dollars = data.obs("online_retail_sales"), data.obs("cross_border_ecommerce_trade", area="CN-34")
    assert regions.if_known(lambda a, b: a + b, yuan, None) is None
    assert regions.if_known(lambda a, b: a + b, yuan, dollars) is None


def test_the_title_of_a_profile_names_its_region():
    """The template of documents.toml is filled for each run."""
    document = documents.document("region_profile")
    assert document.resolved({"region": "CN-37-qingdao"}).title == ("青岛市电子商务概况", "Qingdao: e-commerce profile")
