"""The wide tables for analysts, described: which statistic each column holds, in which unit, and what a row stands for.

A description is all it takes to have a new table; ``ecanalysis.wide_tables`` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Column:
    """One statistic in one base unit.

    Parameters
    ----------
    indicator, item, measure : str
        As in ``observations.csv``.
    reference : str
        What a share or a rank refers to, as in ``observations.csv``; empty for a level and for growth on the year.
    unit : str
        Base unit of a level whose indicator is counted in several; by default the indicator's only one.
    """

    indicator: str
    item: str = "total"
    measure: str = "level"
    reference: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Areas:
    """Which areas a table has.

    Parameters
    ----------
    kinds : tuple of str
        Kinds of ``areas.csv``.
    within : str
        The area they lie in.
    without : tuple of str
        Areas left out.
    every : bool
        Whether areas of which nothing was printed stand in the table too.
    """

    kinds: tuple[str, ...]
    within: str = "world"
    without: tuple[str, ...] = ()
    every: bool = False


@dataclass(frozen=True)
class Wide:
    """A table of years, of areas or of both; one statistic a column.

    Parameters
    ----------
    zh, en : str
        What it is for.
    columns : mapping of str to Column
        Plain English names of the columns and what they hold.
    areas : Areas, optional
        The areas that rows stand for; without them all is about China.
    year : str
        The year that all is about; without one, rows stand for years.
    forecasts : bool
        Whether forecasts stand in it too; a column ``status`` then tells them from what was counted.
    """

    zh: str
    en: str
    columns: Mapping[str, Column]
    areas: Areas | None = None
    year: str = ""
    forecasts: bool = False

    @property
    def by(self) -> tuple[str, ...]:
        """The dimensions that tell the rows apart."""
        return (("area",) if self.areas else ()) + (() if self.year else ("period",))

    @property
    def row(self) -> str:
        """What a row stands for."""
        return " and ".join(self.by).replace("period", "year")


@dataclass(frozen=True)
class Facts:
    """Statistics too different for columns of their own: one row a statistic, one column a measure.

    Parameters
    ----------
    zh, en : str
        What it is about.
    chapters : mapping of str to tuple of str
        Chapters by source: ``5`` has the sections ``5.1.3`` and the slides ``5-1``.
    indicators : tuple of str
        Only these; all that the chapters print if empty.
    """

    zh: str
    en: str
    chapters: Mapping[str, tuple[str, ...]]
    indicators: tuple[str, ...] = ()
    row = "statistic"


@dataclass(frozen=True)
class Listing:
    """A table of ``data/`` with types, and with names for its ids.

    Parameters
    ----------
    zh, en : str
        What it lists.
    resource : str
        The table in ``data/``.
    columns : mapping of str to str
        Names of the columns and what they are read from: a column; ``zh_column/en_column``, of which the language
        takes one; or ``table:column`` for the names of the ids in that column.
    """

    zh: str
    en: str
    resource: str
    columns: Mapping[str, str]
    row = "entry"


def _with_growth(**levels: Column) -> dict[str, Column]:
    """Each level followed by its growth on the year."""
    columns = {}
    for name, level in levels.items():
        columns[name] = level
        columns[f"{name}_growth"] = Column(level.indicator, level.item, "growth")
    return columns


def _sales(item: str = "total", measure: str = "level", reference: str = "", unit: str = "元") -> Column:
    return Column("online_retail_sales", item, measure, reference, unit if measure == "level" else "")


def _rural(item: str = "total", measure: str = "level", reference: str = "") -> Column:
    return Column("rural_online_retail_sales", item, measure, reference)


def _turnover(item: str = "total", unit: str = "元") -> Column:
    return Column("ecommerce_turnover", item, unit=unit)


def _trade(item: str = "total", measure: str = "level", reference: str = "", unit: str = "元") -> Column:
    return Column("cross_border_ecommerce_trade", item, measure, reference, unit if measure == "level" else "")


def _counted(indicator: str, item: str = "total") -> Column:
    """A count of places or firms; the reports call a firm 家 or 个 at will, the tables count either."""
    return Column(indicator, item, unit="个 家")


_FARM_PRODUCE = Column("agricultural_online_retail_sales")
_PROVINCE_LEVEL = Areas(("province", "corps"), "CN", without=("TW", "HK", "MO"), every=True)
_BLOCS = Areas(("world", "group"))
MINISTRY, ASSOCIATION = "mofcom-2018", "ceca-2017-2018"

# What provinces and planned cities both print; provinces print more.
_CITY_COLUMNS = {
    **_with_growth(turnover=_turnover(), online_retail_sales=_sales(), online_retail_sales_of_goods=_sales("goods")),
    **_with_growth(cross_border_trade=_trade()),
    "cross_border_trade_in_dollars": _trade(unit="美元"),
}
_REGION_COLUMNS = {
    **_CITY_COLUMNS,
    **_with_growth(
        online_retail_sales_of_services=_sales("services"),
        rural_online_retail_sales=_rural(),
        farm_produce_online_retail_sales=_FARM_PRODUCE,
        express_deliveries=Column("express_delivery_volume"),
    ),
    "online_retail_sales_rank": _sales("total", "rank", "@CN"),
    "rural_online_retail_sales_rank": _rural("total", "rank", "@CN"),
    "rural_online_retail_sales_growth_rank": _rural("total", "growth_rank", "@CN"),
    "national_demonstration_counties": Column("ecommerce_demonstration_counties", "national"),
    "national_demonstration_bases": _counted("demonstration_bases", "national"),
    "national_demonstration_enterprises": _counted("demonstration_enterprises", "national"),
    "county_service_points": _counted("rural_ecommerce_service_points", "county"),
    "township_service_points": _counted("rural_ecommerce_service_points", "township"),
    "village_service_points": _counted("rural_ecommerce_service_points", "village"),
}

TABLES: Mapping[str, Wide | Facts | Listing] = MappingProxyType(
    {
        "national": Wide(
            "全国主要指标，逐年",
            "Main indicators of China by year",
            {
                **_with_growth(
                    turnover=_turnover(),
                    turnover_of_goods_and_services=_turnover("goods_services"),
                    online_retail_sales=_sales(),
                    online_retail_sales_of_goods=_sales("goods"),
                    online_retail_sales_of_services=_sales("services"),
                ),
                "goods_share_of_retail_sales": _sales("goods", "share", "retail_sales_consumer_goods:total"),
                "b2c_share_of_online_retail_sales": _sales("b2c", "share", ":total"),
                **_with_growth(
                    rural_online_retail_sales=_rural(),
                    farm_produce_online_retail_sales=_FARM_PRODUCE,
                    cross_border_trade=_trade(),
                    services_revenue=Column("ecommerce_services_revenue"),
                    employment=Column("ecommerce_employment"),
                    nonbank_online_payments=Column("nonbank_online_payments_value"),
                    express_deliveries=Column("express_delivery_volume"),
                ),
            },
        ),
        "retail_growth": Wide(
            "网上零售各类商品增速，逐年",
            "Growth of online retail by kind of goods, by year",
            {
                "all": _sales("total", "growth"),
                "goods": _sales("goods", "growth"),
                "services": _sales("services", "growth"),
                "food": _sales("food", "growth"),
                "clothing": _sales("clothing", "growth"),
                "articles_of_use": _sales("use", "growth"),
                "b2c": _sales("b2c", "growth"),
            },
        ),
        "regions": Wide(
            "各省、自治区、直辖市和新疆生产建设兵团，2018年",
            "Provinces, autonomous regions, municipalities and the Xinjiang corps in 2018",
            _REGION_COLUMNS,
            _PROVINCE_LEVEL,
            "2018",
        ),
        "planned_cities": Wide(
            "五个计划单列市，2018年",
            "The five cities with separate state planning in 2018",
            _CITY_COLUMNS,
            Areas(("planned_city",), "CN", every=True),
            "2018",
        ),
        "economic_regions": Wide(
            "东部、中部、西部和东北地区，逐年",
            "The eastern, central, western and northeastern region by year",
            {
                "online_retail_sales_growth": _sales("total", "growth"),
                "share_of_online_retail_sales": _sales("total", "share", "@CN"),
                **_with_growth(rural_online_retail_sales=_rural()),
                "share_of_rural_online_retail_sales": _rural("total", "share", "@CN"),
            },
            Areas(("region",), "CN"),
        ),
        "services": Wide(
            "电子商务服务业，逐年",
            "E-commerce services by year",
            {
                **_with_growth(
                    revenue=Column("ecommerce_services_revenue"),
                    trading_platforms=Column("ecommerce_services_revenue", "trading_platforms"),
                    support_services=Column("ecommerce_services_revenue", "support_services"),
                    derived_services=Column("ecommerce_services_revenue", "derived_services"),
                ),
                "b2b_platforms": Column("ecommerce_services_revenue", "b2b"),
                "b2c_platforms": Column("ecommerce_services_revenue", "b2c"),
                "c2c_platforms": Column("ecommerce_services_revenue", "c2c"),
                "third_party_payment": Column("ecommerce_services_revenue", "payment"),
                **_with_growth(
                    platform_technology_services=Column("ecommerce_platform_technology_services_revenue"),
                    information_technology_services=Column("information_technology_services_revenue"),
                    cloud_operation_services=Column(
                        "information_technology_services_revenue", "cloud_operation_services"
                    ),
                    agency_operation=Column("ecommerce_services_turnover", "agency_operation"),
                    platform_outsourcing_executed=Column(
                        "services_outsourcing_executed_value", "ecommerce_platform_services"
                    ),
                    marketing_outsourcing_contracted=Column(
                        "services_outsourcing_contract_value", "internet_marketing"
                    ),
                    marketing_outsourcing_executed=Column("services_outsourcing_executed_value", "internet_marketing"),
                ),
                "consulting_outsourcing_contracted": Column(
                    "services_outsourcing_contract_value", "ecommerce_consulting"
                ),
                "consulting_outsourcing_executed": Column(
                    "services_outsourcing_executed_value", "ecommerce_consulting"
                ),
            },
        ),
        "rural": Wide(
            "农村电子商务，逐年",
            "Rural e-commerce by year",
            {
                **_with_growth(
                    online_retail_sales=_rural(),
                    online_retail_sales_of_goods=_rural("goods"),
                    online_retail_sales_of_services=_rural("services"),
                    online_travel=_rural("travel"),
                    online_catering=_rural("catering"),
                    daily_life_services=_rural("life_services"),
                    farm_produce_online_retail_sales=_FARM_PRODUCE,
                    poverty_county_online_retail_sales=Column("poverty_county_online_retail_sales"),
                ),
                "share_of_national_online_retail_sales": _rural("total", "share", "online_retail_sales"),
                **_with_growth(internet_users=Column("internet_users", "rural")),
                "internet_penetration": Column("internet_penetration", "rural", unit="ratio"),
                "urban_internet_penetration": Column("internet_penetration", "urban", unit="ratio"),
                "online_stores": Column("rural_online_stores"),
                "taobao_villages": Column("ecommerce_towns_villages", "taobao_villages"),
                "demonstration_counties": Column("ecommerce_demonstration_counties"),
                "poverty_counties_among_them": Column("ecommerce_demonstration_counties", "poverty"),
                "township_express_coverage": Column("express_outlet_coverage", "township"),
                "village_postal_coverage": Column("direct_postal_service_coverage", "administrative_villages"),
                "village_fibre_coverage": Column("broadband_coverage", "administrative_villages_fibre"),
                "poverty_village_broadband_coverage": Column("broadband_coverage", "poverty_villages"),
            },
        ),
        "cross_border": Wide(
            "跨境电子商务，逐年",
            "Cross-border e-commerce by year",
            {
                **_with_growth(trade=_trade(), exports=_trade("exports"), imports=_trade("imports")),
                "cosmetics_share_of_imports": _trade("imports_cosmetics", "share", ":imports"),
                "food_share_of_imports": _trade("imports_grain_oil_food", "share", ":imports"),
                "clothing_share_of_imports": _trade("imports_clothing_footwear_headwear", "share", ":imports"),
                "top_five_share_of_exports": _trade("exports_top_5", "share", ":exports"),
                "top_five_share_of_imports": _trade("imports_top_5", "share", ":imports"),
                "pilot_zones": Column("cross_border_pilot_zones"),
                "partner_countries": Column("partner_countries"),
                "payment_institutions": Column("cross_border_payment_institutions"),
                "verification_documents": Column("port_verification_documents"),
                "import_clearance_time_growth": Column("customs_clearance_time", "imports", "growth"),
                "export_clearance_time_growth": Column("customs_clearance_time", "exports", "growth"),
                "single_transaction_limit": Column("cross_border_retail_import_limit", "single_transaction"),
                "annual_limit": Column("cross_border_retail_import_limit", "annual"),
            },
        ),
        "cross_border_places": Wide(
            "各地跨境电子商务，2018年",
            "Cross-border e-commerce of provinces, cities and customs districts in 2018",
            {
                **_with_growth(
                    trade=_trade(),
                    retail_imports=_trade("retail_imports"),
                    orders=Column("cross_border_ecommerce_orders"),
                    retail_import_orders=Column("cross_border_ecommerce_orders", "retail_imports"),
                ),
                "trade_in_dollars": _trade(unit="美元"),
                "exports_growth": _trade("exports", "growth"),
                "imports_growth": _trade("imports", "growth"),
                "retail_export_orders_rank": Column("cross_border_ecommerce_orders", "retail_exports", "rank", "@CN"),
                "imports_rank": _trade("imports", "rank", "@CN"),
            },
            Areas(("province", "corps", "planned_city", "city", "customs_district", "zone"), "CN"),
            "2018",
        ),
        "payments": Wide(
            "电子支付，逐年",
            "Electronic payments by year",
            {
                **_with_growth(
                    nonbank_value=Column("nonbank_online_payments_value"),
                    nonbank_count=Column("nonbank_online_payments_count"),
                ),
                "bank_value": Column("bank_electronic_payments_value"),
                "bank_count": Column("bank_electronic_payments_count"),
                **_with_growth(
                    bank_online_value=Column("bank_electronic_payments_value", "online"),
                    bank_online_count=Column("bank_electronic_payments_count", "online"),
                    bank_mobile_value=Column("bank_electronic_payments_value", "mobile"),
                    bank_mobile_count=Column("bank_electronic_payments_count", "mobile"),
                    bank_telephone_value=Column("bank_electronic_payments_value", "telephone"),
                    bank_telephone_count=Column("bank_electronic_payments_count", "telephone"),
                    cross_border_interbank_value=Column("cross_border_interbank_payments_value"),
                    cross_border_interbank_count=Column("cross_border_interbank_payments_count"),
                ),
                "third_party_fee_rate": Column("third_party_payment_fee_rate"),
            },
        ),
        "express": Wide(
            "快递，逐年",
            "Express delivery by year",
            _with_growth(
                deliveries=Column("express_delivery_volume"),
                deliveries_within_cities=Column("express_delivery_volume", "intra_city"),
                deliveries_between_cities=Column("express_delivery_volume", "inter_city"),
                deliveries_abroad=Column("express_delivery_volume", "international"),
                revenue=Column("express_delivery_revenue"),
                parcel_lockers=Column("smart_parcel_lockers"),
                public_service_stations=_counted("express_terminals", "public_service_stations"),
            ),
        ),
        "global": Wide(
            "世界各地区网络零售，逐年，含预测",
            "Online retail of the world and its regions by year, with forecasts",
            {
                **_with_growth(
                    retail_sales=Column("retail_sales"),
                    online_retail_sales=_sales(unit="美元"),
                    mobile_online_retail_sales=_sales("mobile", unit="美元"),
                ),
                "online_share_of_retail_sales": _sales("total", "share", "retail_sales"),
                "mobile_share_of_online_retail_sales": _sales("mobile", "share", ":total"),
                "share_of_world_online_retail_sales": _sales("total", "share", "@world"),
            },
            _BLOCS,
            forecasts=True,
        ),
        "connectivity": Wide(
            "世界各地区互联网和宽带普及率，2018年",
            "Internet and broadband penetration of the world and its regions in 2018",
            {
                "internet_penetration": Column("internet_penetration", unit="ratio"),
                "mobile_broadband_penetration": Column("broadband_penetration", "mobile"),
                "fixed_broadband_penetration": Column("broadband_penetration", "fixed"),
            },
            _BLOCS,
            "2018",
        ),
        "countries": Wide(
            "其他国家的电子商务，逐年，含预测；金额用印出的货币",
            "E-commerce of other countries by year, with forecasts; amounts in the currency that was printed",
            {
                **_with_growth(
                    turnover_in_dollars=_turnover(unit="美元"), online_retail_sales_in_dollars=_sales(unit="美元")
                ),
                "online_share_of_retail_sales": _sales("total", "share", "retail_sales"),
                "mobile_share_of_online_retail_sales": _sales("mobile", "share", ":total"),
                "b2c_turnover_in_dollars": _turnover("b2c", "美元"),
                "b2b_turnover_in_dollars": _turnover("b2b", "美元"),
                "b2c_turnover_in_yen": _turnover("b2c", "日元"),
                "b2b_turnover_in_yen": _turnover("b2b", "日元"),
                "online_retail_sales_in_won": _sales(unit="韩元"),
                "mobile_online_retail_sales_in_won": _sales("mobile", unit="韩元"),
                "online_retail_sales_in_australian_dollars": _sales(unit="澳元"),
                "b2c_online_ratio": Column("ecommerce_ratio", "b2c", unit="ratio"),
                "b2b_online_ratio": Column("ecommerce_ratio", "b2b_broad", unit="ratio"),
                "internet_penetration": Column("internet_penetration", unit="ratio"),
                "internet_users": Column("internet_users"),
                "online_shoppers": Column("online_shoppers"),
                "logistics_performance_rank": Column("logistics_performance_index", "total", "rank", "@world"),
            },
            Areas(("country",), without=("CN",)),
            forecasts=True,
        ),
        "poverty_alleviation": Facts(
            "电商扶贫",
            "E-commerce for poverty alleviation",
            {MINISTRY: ("1", "3", "8"), ASSOCIATION: ("4",)},
            (
                "poverty_counties",
                "poverty_townships",
                "poverty_villages",
                "poverty_county_online_retail_sales",
                "poor_households_helped",
                "poor_people_helped",
                "income_per_household",
                "agricultural_products_supported",
                "agricultural_product_sales",
                "agricultural_online_orders",
                "agricultural_online_sales_weight",
                "products_listed_online",
                "enterprises_supported",
                "matchmaking_events",
                "matchmaking_turnover",
                "service_point_coverage",
            ),
        ),
        "integrity": Facts("诚信建设", "Building integrity in e-commerce", {MINISTRY: ("5",)}),
        "legal": Facts("法律法规、标准与纠纷解决", "Law, standards and settlement of disputes", {MINISTRY: ("6",)}),
        "integration": Facts("与产业融合", "Integration with industries", {MINISTRY: ("7",)}),
        "internet_finance": Facts("互联网金融", "Internet finance", {ASSOCIATION: ("6",)}),
        "technology": Facts(
            "工业互联网、大数据、人工智能和区块链",
            "Industrial internet, big data, artificial intelligence and blockchain",
            {ASSOCIATION: ("3", "8", "9")},
        ),
        "policies": Listing(
            "2018年电子商务法律法规政策",
            "Laws, regulations and policy documents on e-commerce of 2018",
            "policies",
            {
                "date": "date",
                "title": "title/title_en",
                "kind": "kind",
                "subject": "subjects:subject",
                "issuers": "issuers",
                "document_number": "document_number",
                "line": "line",
            },
        ),
        "pilot_zones": Listing(
            "跨境电子商务综合试验区，按批次和城市",
            "Comprehensive pilot zones for cross-border e-commerce by batch and city",
            "pilot_zones",
            {
                "batch": "batch",
                "approved": "approved",
                "city": "city_zh/city_en",
                "province": "province",
                "province_name": "areas:province",
                "line": "line",
            },
        ),
    }
)
