"""How the regional profiles say each statistic, by group of statements, indicator and item.

A phrase is a pair, Chinese and English, or several pairs of which the first is taken whose values are all known.
``{level}``, ``{growth}``, ``{share}``, ``{change}`` and so on are the measures printed, ``{name}`` the item's name; a
share or contribution of another indicator carries its name: ``{share_of_ecommerce_turnover}``. A clause in [brackets]
is left out when its value is missing; ``(s)`` and ``(y|ies)`` are English endings that follow the number. What a phrase
of one region must say otherwise stands under the item with the region's id: ``item@CN-37``.

Phrases of an indicator that has a ``FRAME`` are listed in it; others stand as clauses of one sentence.
"""

from __future__ import annotations

Phrases = dict[str, dict[str, tuple[str, ...]]]

FRAME = "frame"

PHRASES: dict[str, Phrases] = {
    "size": {
        "ecommerce_turnover": {
            "total": (
                "电子商务交易额 {level}[，{growth}]",
                "e-commerce turnover came to {level}[, {growth}]",
                "电子商务交易额 {growth}，绝对数未公布",
                "e-commerce turnover was {growth} (its level was not published)",
            ),
            "bulk_commodities_and_b2b": (
                "其中大宗商品和 B2B 交易 {level}[，占 {share}][，{growth}]",
                "bulk commodities and B2B accounted for {level} of it[, a share of {share}][, {growth}]",
            ),
            "bulk_commodities": (
                "其中大宗商品 {level}[，{growth}]",
                "bulk commodities accounted for {level} of it[, {growth}]",
            ),
            "b2b": (
                "其中 B2B 交易 {level}[，{growth}]",
                "B2B accounted for {level} of it[, {growth}]",
                "B2B 占电子商务交易额的 {share}",
                "B2B accounted for {share} of e-commerce turnover",
            ),
            "life_services": ("生活服务类交易 {level}", "everyday services for {level}"),
            "self_operated_platforms": (
                "自营平台交易额 {level}",
                "platforms selling on their own account turned over {level}",
            ),
            "online_sales": ("其中网上卖出 {level}", "sales accounted for {level} of it"),
            "online_consumption": ("网上消费 {level}", "online purchases for {level}"),
        },
        "online_retail_sales": {
            "total": (
                "网上零售额 {level}[，{growth}][，报告称占电子商务交易额的 {share_of_ecommerce_turnover}][，"
                "相当于社会消费品零售总额的 {share_of_retail_sales_consumer_goods}]",
                "online retail sales came to {level}[, {growth}][, according to the report "
                "{share_of_ecommerce_turnover} of e-commerce turnover][, equal to "
                "{share_of_retail_sales_consumer_goods} of all retail sales of consumer goods]",
            ),
            "above_quota_wholesale_retail": (
                "限额以上批发和零售企业的网上零售额 {level}[，{growth}][，占消费品零售总额的 "
                "{share_of_retail_sales_consumer_goods}][，对其增长的贡献率 "
                "{contribution_of_retail_sales_consumer_goods}]",
                "online retail sales of wholesale and retail firms above designated size came to {level}[, {growth}]"
                "[, or {share_of_retail_sales_consumer_goods} of all retail sales of consumer goods][; they "
                "contributed {contribution_of_retail_sales_consumer_goods} of the growth of those sales]",
            ),
            "above_quota_wholesale_retail@CN-12": (
                "限额以上批发和零售企业的网上零售额 {level}，占限额以上单位消费品零售额的 "
                "{share_of_retail_sales_consumer_goods}[（比重比上年变动 "
                "{share_change_of_retail_sales_consumer_goods:signed}）]",
                "online retail sales of wholesale and retail firms above designated size came to {level}, "
                "or {share_of_retail_sales_consumer_goods} of the consumer goods that firms above that quota sold[ "
                "({share_change_of_retail_sales_consumer_goods:signed} on the year)]",
            ),
            "goods": (
                "实物商品网上零售额 {level}[，占 {share}][，{growth}][，相当于社会消费品零售总额的 "
                "{share_of_retail_sales_consumer_goods}][，对其增长的贡献率 "
                "{contribution_of_retail_sales_consumer_goods}]",
                "physical goods sold online came to {level}[, {share} of the total][, {growth}][, equal to "
                "{share_of_retail_sales_consumer_goods} of all retail sales of consumer goods][; they contributed "
                "{contribution_of_retail_sales_consumer_goods} of the growth of those sales]",
            ),
            # The section leaves out the yuan.
            "goods@CN-14": (
                "实物商品网上零售额 {level}元[，占 {share}][，{growth}]",
                "physical goods sold online came to {level} yuan[, {share} of the total][, {growth}]",
            ),
            "services": (
                "服务等非实物商品 {level}[，占 {share}][，{growth}]",
                "services and other non-physical goods came to {level}[, {share} of the total][, {growth}]",
            ),
            "b2c": ("按模式分，B2C {level}[，{growth}]", "by mode, B2C accounted for {level}[, {growth}]"),
            "c2c": ("C2C {level}[，{growth}]", "C2C for {level}[, {growth}]"),
            "catering": (
                "餐饮网上零售额 {level}[，占 {share}]",
                "catering sold {level} online[, {share} of the total]",
                "餐饮占网上零售额的 {share}",
                "catering accounted for {share} of online retail sales",
            ),
            "travel": ("在线旅游 {level}[，占 {share}]", "online travel came to {level}[, {share} of the total]"),
        },
        "merchandise_sales": {
            "above_quota_wholesale_retail_online": (
                "这些企业网上实现的商品销售额 {level}[，{growth}][，占限额以上企业商品销售总额的 {share}]",
                "all merchandise these firms sold online, wholesale included, came to {level}[, {growth}][, or {share} "
                "of all merchandise sold by firms above the quota]",
            ),
        },
        "ecommerce_sales": {
            "total": ("电子商务销售额 {level}[，{growth}]", "e-commerce sales came to {level}[, {growth}]"),
        },
        "residents_online_consumption": {
            "total": ("居民网上消费 {level}[，{growth}]", "residents spent {level} online[, {growth}]"),
        },
        "internet_users": {
            FRAME: ("网民规模 {facts}。", "Internet users numbered {facts}."),
            "total": ("{level}", "{level}"),
        },
        "internet_penetration": {
            FRAME: ("互联网普及率为 {facts}。", "{facts} of the population used the internet."),
            "total": ("{level}", "{level}"),
        },
        "platform_users": {
            FRAME: ("服务业平台中，{facts}。", "Among service platforms, {facts}."),
            "ctrip_travel_photos": ("携程“旅拍”用户 {level}", "Ctrip's travel photos had {level} users"),
        },
    },
    "rural": {
        "rural_online_retail_sales": {
            "total": (
                "农村网络零售额 {level}[，{growth}]",
                "rural online retail sales came to {level}[, {growth}]",
                "农村网络零售额 {growth}，绝对数未公布",
                "rural online retail sales were {growth} (their level was not published)",
            ),
            "goods": ("其中实物商品 {level}[，{growth}]", "physical goods accounted for {level} of it[, {growth}]"),
            "services": ("服务类 {level}[，{growth}]", "services for {level}[, {growth}]"),
        },
        "agricultural_online_retail_sales": {
            "total": ("农产品网络零售额 {level}[，{growth}]", "farm produce sold online came to {level}[, {growth}]"),
            "rice": ("其中大米 {level}", "rice alone came to {level}"),
            "agricultural_specialty_products": (
                "农特产品网络零售额 {level}[，{growth}]",
                "farm and specialty products sold online came to {level}[, {growth}]",
            ),
            "poverty_counties": (
                "贫困区县农产品网络零售额 {level}",
                "the poverty counties sold {level} of farm produce online",
            ),
        },
        "online_specialty_pavilions": {
            "total": (
                "第三方平台上有市县特色馆 {level}",
                "{level} city and county pavilion(s) stood on third-party platforms",
            ),
        },
        "ecommerce_turnover": {
            "rural": ("农村电商交易额 {level}", "rural e-commerce turned over {level}"),
            "specialty_pavilions": ("这些特色馆累计成交 {level}", "these pavilions have sold {level} so far"),
        },
        "ecommerce_towns_villages": {
            FRAME: ("电商镇村包括 {facts}。", "E-commerce had taken hold in {facts}."),
            "taobao_towns": ("淘宝镇 {level}", "{level} Taobao town(s)"),
            "taobao_villages": ("淘宝村 {level}", "{level} Taobao village(s)"),
            "ecommerce_towns": ("电商镇 {level}", "{level} e-commerce town(s)"),
            "ecommerce_villages": ("电商村 {level}", "{level} e-commerce village(s)"),
            "demonstration_villages": ("农村电商示范村 {level}", "{level} demonstration village(s)"),
            "specialized_ecommerce_villages": (
                "电商专业村 {level}[（新增 {change}）]",
                "{level} specialized e-commerce village(s)[, {change} of them new]",
            ),
        },
        "products": {
            FRAME: ("{facts}。", "{facts}."),
            "online_marketable_selected": (
                "一场设计大赛选出网络适销品 {level}",
                "a design contest picked {level} product(s) fit for online sale",
            ),
            "agricultural_online": ("上网销售的农产品单品 {level}", "{level} farm product(s) were sold online"),
            "xiaokang_longjiang_platform": (
                "“小康龙江”平台销售产品 {level}",
                "the Xiaokang Longjiang platform carried {level} product(s)",
            ),
            "selected_agricultural_specialties": (
                "入选全国首批名单的农特产品 {level}",
                "{level} farm specialt(y|ies) made the first national list",
            ),
            "ecommerce_poverty_alleviation": (
                "列入商务部电商扶贫重点名单的产品 {level}",
                "{level} product(s) were on the commerce ministry's list for poverty alleviation",
            ),
        },
        "supplier_enterprises": {
            FRAME: ("为该平台供货的企业 {facts}。", "{facts} supplied that platform."),
            "xiaokang_longjiang_platform": ("{level}", "{level} firm(s)"),
        },
        "agricultural_brands": {
            FRAME: ("{facts}。", "{facts}."),
            "poverty_counties": (
                "贫困县选出农特产品品牌 {level}",
                "{level} brand(s) of farm specialties from poverty counties were selected",
            ),
            "selected": (
                "筛选农特产品品牌 {level}参加产销对接",
                "{level} brand(s) of farm specialties were picked for meetings with buyers",
            ),
            "ministry_poverty_relief_brands": (
                "成为商务部扶贫品牌的农特产品品牌 {level}",
                "{level} brand(s) of farm specialties became poverty-relief brands of the commerce ministry",
            ),
            "ecommerce_poverty_alleviation": (
                "推荐给全国电商扶贫联盟的农特产品品牌 {level}",
                "{level} brand(s) of farm specialties were put forward to the national alliance for poverty "
                "alleviation",
            ),
        },
        "regional_public_brands": {
            FRAME: ("培育区域公共品牌 {facts}。", "{facts} took shape."),
            "total": ("{level}", "{level} shared regional brand(s)"),
        },
        "ecommerce_enterprises": {
            FRAME: ("{facts}。", "{facts}."),
            "rural_leading_above_1_billion_yuan": ("{name}企业 {level}", "{level} firm(s) stood out ({name})"),
        },
        "surveyed_districts": {
            FRAME: ("摸底农村产业的区有 {facts}。", "Rural industry was surveyed in {facts}."),
            "total": ("{level}", "{level} district(s)"),
        },
    },
    "cross_border": {
        "cross_border_ecommerce_trade": {
            "total": (
                "跨境电商进出口额 {level}[，{growth}]",
                "cross-border e-commerce trade came to {level}[, {growth}]",
            ),
            "exports": (
                "出口 {level}[，{growth}]",
                "exports to {level}[, {growth}]",
                "跨境电商出口额 {growth}，绝对数未公布",
                "cross-border e-commerce exports were {growth} (their level was not published)",
            ),
            "imports": ("进口 {level}[，{growth}]", "imports to {level}[, {growth}]"),
            "retail": (
                "跨境网上零售额 {level}[，{growth}]",
                "cross-border online retail came to {level}[, {growth}]",
            ),
            "retail_exports": ("其中出口 {level}[，{growth}]", "exports accounted for {level} of it[, {growth}]"),
            "retail_imports": (
                "跨境零售进口 {level}[，{growth}]",
                "cross-border retail imports came to {level}[, {growth}]",
            ),
            "retail_imports@CN-33": ("进口 {level}[，{growth}]", "imports for {level}[, {growth}]"),
            "customs_cleared": (
                "经海关系统验放的跨境进出口 {level}[，{growth}]",
                "cross-border trade cleared through the customs system came to {level}[, {growth}]",
            ),
            "customs_cleared_exports": (
                "其中出口 {level}[，{growth}]",
                "exports accounted for {level} of it[, {growth}]",
            ),
            "customs_cleared_imports": ("进口 {level}[，{growth}]", "imports for {level}[, {growth}]"),
            "online_service_platform_imports": (
                "经线上综合服务平台进口 {level}[，{growth}]",
                "imports through the online service platform came to {level}[, {growth}]",
            ),
        },
        "cross_border_ecommerce_orders": {
            "retail_imports": (
                "零售进口单量 {level}[，{growth}]",
                "retail imports numbered {level} order(s)[, {growth}]",
            ),
            "import_expo_period": (
                "进博会期间申报 {level}[，{growth}]",
                "{level} order(s) were declared during the import expo[, {growth}]",
            ),
            "online_service_platform": (
                "经该平台办理 {level}[，{growth}]",
                "{level} order(s) went through that platform[, {growth}]",
            ),
        },
        "cross_border_ecommerce_volume": {
            "total": (
                "跨境电商进出口货物 {level}[，{growth}]",
                "{level} item(s) were traded across the border[, {growth}]",
            ),
        },
        "express_delivery_volume": {
            "cross_border_mail_and_express": (
                "跨境邮件和快件 {level}[，{growth}]",
                "{level} piece(s) of cross-border mail and express were handled[, {growth}]",
            ),
        },
        "cross_border_ecommerce_enterprises": {
            FRAME: ("{facts}。", "{facts}."),
            "registered": ("新备案跨境电商企业 {change}", "{change} cross-border firm(s) newly registered"),
            "key_service_enterprises": (
                "评出跨境电商重点服务企业和项目 {level}",
                "{level} firm(s) and projects were listed as key services to cross-border e-commerce",
            ),
            "alibaba_brand_zone": (
                "借阿里巴巴国际站品牌专区出海的企业 {level}",
                "{level} firm(s) sold abroad through a brand zone on Alibaba.com",
            ),
        },
        "products": {
            FRAME: ("随之出海的商品 {facts}。", "Their products numbered {facts}."),
            "alibaba_brand_zone": ("{level}", "{level}"),
        },
        "online_stores": {
            FRAME: ("{facts}。", "{facts}."),
            "cross_border_exports": (
                "主要平台上活跃的出口网店 {level}",
                "{level} shop(s) were exporting through the main platforms",
            ),
        },
        "overseas_warehouses": {
            FRAME: ("{facts}。", "{facts}."),
            "total": ("海外仓 {level}", "{level} overseas warehouse(s) were in place"),
            "public": ("公共海外仓 {level}", "{level} overseas warehouse(s) were open to all firms"),
            "monitored": ("列入监测的海外仓 {level}", "{level} overseas warehouse(s) were monitored"),
        },
        "cross_border_ecommerce_parks": {
            FRAME: ("{facts}。", "{facts}."),
            "total": (
                "新授牌跨境电商产业园 {change}",
                "{change} park(s) were newly named for cross-border e-commerce",
            ),
            "provincial": ("省级跨境电商产业园 {level}", "{level} provincial park(s) served cross-border e-commerce"),
        },
        "cross_border_ecommerce_platforms": {
            FRAME: ("{facts}。", "{facts}."),
            "enterprise_built": ("企业自建跨境电商平台 {level}", "firms built {level} cross-border platform(s)"),
            "in_operation": ("投入运营的平台 {level}", "{level} platform(s) were in operation"),
            "total": (
                "搭建线上线下跨境电商平台共 {level}",
                "{level} cross-border platform(s) were set up, online and offline",
            ),
        },
        "cross_border_ecommerce_channels": {
            FRAME: (
                "跨境业务渠道原有 {facts}，后来增多。",
                "Cross-border business used to run through {facts}; others have been added since.",
            ),
            "before_expansion": ("{level}", "{level} channel(s)"),
        },
        "cross_border_ecommerce_supervision_sites": {
            FRAME: ("海关监管场所 {facts}。", "Customs supervised cross-border trade at {facts}."),
            "before_expansion": ("原有 {level}", "{level} site(s) at first"),
            "total": ("现有 {level}", "{level} later"),
        },
        "cross_border_declaration_mode_adoption": {
            FRAME: (
                "{facts}采用“清单申报、汇总统计”模式的城市。",
                "{facts} to adopt declaration by list with summary statistics.",
            ),
            "cities": ("它是全国第 {rank} 个", "the city was number {rank} in China"),
        },
        "industrial_cluster_pilots": {
            FRAME: (
                "参加跨境电商试点的产业集群 {facts}。",
                "{facts} took part in a pilot of cross-border e-commerce.",
            ),
            "cross_border_ecommerce_development": ("{level}", "{level} industrial cluster(s)"),
        },
        "institutional_innovations": {
            FRAME: ("{facts}。", "{facts}."),
            "guangzhou_and_shenzhen_pilot_zones": (
                "广州和深圳的综试区推出制度创新 {level}",
                "the pilot zones of Guangzhou and Shenzhen completed {level} institutional innovation(s)",
            ),
        },
        "ecommerce_parks": {
            FRAME: ("{facts}。", "{facts}."),
            "key_parks_of_cross_border_pilot_zone": (
                "获授综试区重点园区称号的园区 {level}",
                "{level} park(s) were named key parks of the pilot zone",
            ),
        },
        "cross_border_pilot_zones": {
            FRAME: ("借鉴推广 {facts}的做法。", "It followed the practices of {facts}."),
            "replicated_experience": ("{level}综试区", "{level} pilot zone(s)"),
        },
        "departments_involved": {
            FRAME: ("{facts}。", "{facts}."),
            "cross_border_joint_conference": (
                "跨境电商联席会议由 {level}单位组成",
                "{level} bodies sat in a joint conference on cross-border e-commerce",
            ),
            "cross_border_pilot_zone_experience": (
                "推广综试区经验由商务部等 {level}共同部署",
                "the commerce ministry and others, {level} departments in all, asked that the zones' practices be "
                "copied",
            ),
        },
    },
    "delivery": {
        "express_delivery_volume": {
            "total": ("快递业务量 {level}[，{growth}]", "{level} parcel(s) were delivered[, {growth}]"),
            "ecommerce": (
                "电子商务类快件 {level}[，{growth}]",
                "e-commerce accounted for {level} parcel(s)[, {growth}]",
            ),
            "international": ("国际快递 {level}[，{growth}]", "international parcels numbered {level}[, {growth}]"),
        },
        "express_delivery_revenue": {
            "total": ("快递业务收入 {level}[，{growth}]", "express delivery earned {level}[, {growth}]"),
        },
        "express_delivery_employment": {
            FRAME: ("快递从业人员 {facts}。", "{facts} worked in express delivery."),
            "total": ("{level}", "{level}"),
        },
        "electronic_waybill_usage": {
            FRAME: (
                "主要快递企业的电子面单使用率 {facts}。",
                "The major carriers used electronic waybills for {facts} of parcels.",
            ),
            "major_express_enterprises": ("{level}", "{level}"),
        },
        "express_packaging": {
            FRAME: ("可循环编织袋占比 {facts}。", "Recyclable woven bags accounted for {facts} of the bags."),
            "recyclable_woven_bags": ("{share}", "{share}"),
        },
        "express_terminals": {
            FRAME: ("完成规范化改造的快递网点 {facts}。", "{facts} were brought up to standard."),
            "standardized": ("{level}", "{level} express outlet(s)"),
        },
        "universities": {
            FRAME: ("快递末端服务试点涉及高校 {facts}。", "The pilot of delivery to the door took in {facts}."),
            "total": ("{level}", "{level} universit(y|ies)"),
        },
        "express_standardized_service_rate": {
            FRAME: (
                "高校快递规范服务率 {facts}。",
                "The universities had a rate of standard express service of {facts}.",
            ),
            "universities": ("{level}", "{level}"),
        },
        "express_service_coverage": {
            FRAME: (
                "主城区社区快递服务覆盖率 {facts}。",
                "Express service covered {facts} of the communities in the main urban area.",
            ),
            "main_urban_communities": ("{level}", "{level}"),
        },
        "express_agriculture_demonstration_projects": {
            FRAME: ("快递服务现代农业的示范项目有 {facts}。", "{facts} how express delivery can serve farming."),
            "total": ("{level}", "{level} demonstration project(s) showed"),
        },
        "rural_logistics_points": {
            FRAME: ("农村物流网络有 {facts}。", "Goods reached the countryside through {facts}."),
            "total": ("物流配送网点 {level}", "{level} outlet(s)"),
            "county": ("县级配送中心 {level}", "{level} county centre(s)"),
            "township": ("乡镇快递网点 {level}", "{level} township outlet(s)"),
            "county_old_revolutionary_base": (
                "革命老区县级中心 {level}",
                "{level} centre(s) in old revolutionary base counties",
            ),
            "warehousing_logistics_centers": ("仓储物流中心 {level}", "{level} warehousing centre(s)"),
            "distribution_centers": ("配送中心 {level}", "{level} distribution centre(s)"),
        },
        "investment": {
            FRAME: ("物流建设投资 {facts}。", "{facts} went into building logistics."),
            "logistics_construction": ("{level}", "{level}"),
        },
        "logistics_express_enterprises": {
            FRAME: ("整合物流快递企业 {facts}。", "{facts} were brought together."),
            "integrated": ("{level}", "{level} logistics and express firm(s)"),
        },
    },
    "counties": {
        "ecommerce_demonstration_counties": {
            FRAME: ("{facts}。", "{facts}."),
            "total": (
                "电商进农村综合示范县共 {level}",
                "{level} count(y|ies) took part in the national rural demonstration",
                "新增电商进农村综合示范县 {change}",
                "{change} count(y|ies) joined the national rural demonstration",
            ),
            "national": (
                "国家级电商进农村综合示范县 {level}[（新增 {change}）]",
                "{level} count(y|ies) were national demonstration counties for rural e-commerce[, {change} of them "
                "new]",
                "新增国家级电商进农村综合示范县 {change}",
                "{change} count(y|ies) newly became national demonstration counties for rural e-commerce",
            ),
            "old_revolutionary_base_areas": (
                "革命老区有综合示范县 {level}",
                "{level} demonstration count(y|ies) lay in old revolutionary base areas",
            ),
            "demonstration_counties_first_four_batches": (
                "{name}共 {level}",
                "the {name} took in {level} count(y|ies)",
            ),
            "first_three_batches": (
                "{name}电商进农村综合示范县共 {level}",
                "the {name} of the rural demonstration took in {level} count(y|ies)",
            ),
            "national_projects_completed": (
                "国家级综合示范县中，项目基本建成的有 {level}",
                "the projects of {level} national demonstration count(y|ies) were largely complete",
            ),
            "ecommerce_poverty_alleviation": (
                "本省示范县以脱贫为方向的有 {level}",
                "{level} provincial demonstration count(y|ies) worked on leaving poverty",
            ),
            "ecommerce_industry_development": ("以产业为方向的有 {level}", "{level} on industry"),
        },
        "ecommerce_turnover": {
            "demonstration_counties_online_sales": (
                "示范县累计网上卖出 {level}[，{growth}]",
                "the demonstration counties have sold {level} online so far[, {growth}]",
            ),
            "demonstration_counties_online_purchases": (
                "网上买入 {level}[，{growth}]",
                "they have bought {level}[, {growth}]",
            ),
        },
        "online_retail_sales": {
            "demonstration_counties": (
                "示范地区累计网上零售额 {level}",
                "the demonstration counties have sold {level} online so far",
            ),
            "national_demonstration_counties": (
                "国家级示范县网上零售额 {growth}",
                "online retail sales of national demonstration counties were {growth}",
            ),
            "provincial_demonstration_counties": ("省级示范县 {growth}", "those of provincial ones {growth}"),
        },
        "poverty_county_online_retail_sales": {
            "key_counties": (
                "扶贫重点县网上零售额 {growth}",
                "online retail sales of the key poverty counties were {growth}",
            ),
        },
        "rural_ecommerce_service_points": {
            FRAME: ("农村电商服务网络有 {facts}。", "The rural service network had {facts}."),
            "total": ("服务站 {level}", "{level} service station(s)"),
            "district": ("区级服务中心 {level}", "{level} district centre(s)"),
            "division_city": ("师市服务中心 {level}", "{level} centre(s) at division level"),
            "county": ("县级服务中心 {level}", "{level} county centre(s)"),
            "township": ("乡镇服务站 {level}", "{level} township station(s)"),
            "village": ("村级服务点 {level}", "{level} village station(s)"),
            "township_village": ("乡村服务站 {level}", "{level} station(s) in townships and villages"),
            "county_old_revolutionary_base": (
                "革命老区县级中心 {level}",
                "{level} county centre(s) in old revolutionary base areas",
            ),
            "village_old_revolutionary_base": ("革命老区村级服务点 {level}", "{level} village station(s) there"),
            "upgraded": ("完成改造的站点 {level}", "{level} upgraded station(s)"),
            "paired_assistance_county_and_village": (
                "在对口帮扶地区建成的县级中心和村级站点 {level}",
                "{level} county centre(s) and village stations built in areas under its paired assistance",
            ),
            "regional_centers_and_logistics_bases": (
                "区域服务中心和仓储基地 {level}",
                "{level} regional centre(s) and warehousing bases",
            ),
            "village_poverty_alleviation": (
                "实际新建的村级扶贫站点 {level}",
                "{level} such station(s) actually built",
            ),
            "village_poverty_alleviation_planned": (
                "当年要建的村级扶贫站点 {level}",
                "{level} village station(s) for poverty alleviation",
            ),
            "poverty_villages": ("贫困村站点 {level}", "{level} station(s) in poor villages"),
            "deep_poverty_villages": ("深度贫困村站点 {level}", "{level} in deeply poor villages"),
        },
        "investment": {
            FRAME: ("村级站点建设投资 {facts}。", "{facts} was invested in village stations."),
            "village_poverty_alleviation": ("{level}", "{level}"),
        },
        "ecommerce_service_points": {
            FRAME: ("城市一侧有 {facts}。", "On the urban side there were {facts}."),
            "prefecture_base": ("市州服务基地 {level}", "{level} prefecture service base(s)"),
            "community": ("社区站点 {level}", "{level} community station(s)"),
        },
        "service_point_coverage": {
            FRAME: ("服务站点的覆盖面：{facts}。", "Coverage by service stations: {facts}."),
            "poverty_villages": ("{level} 的贫困村", "{level} of poor villages"),
            "poverty_villages@CN-36": (
                "示范县 {level} 的贫困村",
                "{level} of poor villages in the demonstration counties",
            ),
            "poverty_villages@CN-54": (
                "示范县 {level} 的贫困村",
                "{level} of poor villages in the demonstration counties",
            ),
            "deep_poverty_villages": ("{level} 的深度贫困村", "{level} of deeply poor villages"),
            "administrative_villages": ("{level} 的行政村", "{level} of administrative villages"),
            "administrative_villages_in_poverty_counties": (
                "{level} 的贫困县行政村",
                "{level} of the villages in poverty counties",
            ),
        },
        "rural_ecommerce_coverage": {
            FRAME: ("农村电商的覆盖面：{facts}。", "Reach of rural e-commerce: {facts}."),
            "county": ("{level} 的县区", "{level} of counties and districts"),
            "demonstration_counties": ("示范县 {level} 的范围", "{level} in demonstration counties"),
        },
        "counties": {
            FRAME: ("{facts}。", "{facts}."),
            "rural_taobao": ("农村淘宝在 {level}县落地", "rural Taobao came to {level} count(y|ies)"),
            "with_poor_village_service_points": (
                "有 {level}县在贫困村建了服务点",
                "{level} count(y|ies) set up stations in poor villages",
            ),
        },
        "poverty_counties": {
            FRAME: ("{facts}。", "{facts}."),
            "total": ("贫困区县 {level}", "{level} count(y|ies) were poverty counties"),
            "specialty_online_products": (
                "{level}贫困县在打造网销特色产品",
                "{level} poverty count(y|ies) built up specialties for online sale",
            ),
            "village_ecommerce_service_target": (
                "{level}贫困县列入村级服务覆盖目标",
                "{level} poverty count(y|ies) fell under the target for village services",
            ),
            "with_selected_brands": ("{level}贫困县有品牌入选", "{level} poverty count(y|ies) had brands selected"),
            "key_counties": ("扶贫重点县 {level}", "{level} count(y|ies) were key poverty counties"),
            "farm_meal_voucher_project": (
                "“农家饭票”项目进入 {level}贫困县",
                "the farm meal voucher project ran in {level} poverty count(y|ies)",
            ),
            "with_brand_station": (
                "{level}贫困县设有兴农扶贫品牌站",
                "{level} poverty count(y|ies) had a brand station",
            ),
            "deep_poverty": ("获重点支持的深度贫困县 {level}", "{level} deeply poor count(y|ies) got special support"),
            "key_counties@CN-37": (
                "{level}扶贫重点县均有公共服务中心",
                "all of the {level} key poverty counties had a service centre",
            ),
        },
        "poverty_townships": {
            FRAME: ("扶贫重点乡镇 {facts}，均有服务站。", "All of the {facts} had a service station."),
            "key_townships": ("{level}", "{level} key poverty township(s)"),
        },
        "poverty_villages": {
            FRAME: ("{facts}。", "{facts}."),
            "demonstration_counties": (
                "示范县共有贫困村 {level}",
                "the demonstration counties had {level} poor village(s)",
            ),
            "demonstration_counties_with_service_points": (
                "其中已有站点的 {level}",
                "{level} of these had a station",
            ),
            "covered_by_ecommerce_poverty_alleviation": (
                "全省电商扶贫惠及贫困村 {level}",
                "in the whole province e-commerce poverty alleviation reached {level} poor village(s)",
            ),
            "covered_by_services": ("服务惠及贫困村 {level}", "services reached {level} poor village(s)"),
            "farm_meal_voucher_project": (
                "这一项目进入 {level}贫困村",
                "the farm meal vouchers were used in {level} poor village(s)",
            ),
        },
        "poverty_relief_pavilion_reach": {
            FRAME: ("网上扶贫馆辐射 {facts}。", "The online poverty-relief pavilion reached {facts}."),
            "poverty_townships": ("贫困乡镇 {level}", "{level} poor township(s)"),
            "administrative_villages": ("行政村 {level}", "{level} village(s)"),
            "women_enterprises": ("女性创业就业企业 {level}", "{level} firm(s) run by or employing women"),
        },
        "agricultural_product_sales": {
            FRAME: ("{facts}。", "{facts}."),
            "ecommerce_poverty_alleviation": (
                "电商扶贫促成农产品销售 {level}",
                "poverty alleviation through e-commerce brought sales of farm produce of {level}",
            ),
            "poverty_areas": ("贫困地区卖出农产品 {level}", "poor areas sold {level} of farm produce"),
            "poor_households": (
                "贫困户由此卖出农产品 {level}",
                "poor households sold {level} of farm produce this way",
            ),
        },
        "poor_people_helped": {
            FRAME: ("{facts}。", "{facts}."),
            "total": ("受益贫困人口 {level}", "{level} in poverty benefited"),
            "covered_by_services": (
                "服务惠及贫困人口 {level}",
                "{level} in poverty were within reach of the services",
            ),
        },
        "poor_households_helped": {
            FRAME: ("带动贫困户 {facts}。", "{facts} benefited."),
            "total": ("{level}", "{level} poor households"),
        },
        "income_per_household": {
            FRAME: ("这些农户户均增收 {facts}。", "Each of them earned {facts} more."),
            "poor_households_helped": ("{change}", "{change}"),
        },
        "jobs_created": {
            FRAME: ("由此就业或创业的 {facts}。", "{facts} found work or set up in business this way."),
            "poor_people": ("贫困人口有 {level}", "{level} from poor households"),
            # The section leaves out the persons.
            "poor_people@CN-46": ("贫困人口有 {level}人", "{level} people from poor households"),
        },
        "paired_assistance_areas": {
            FRAME: ("在 {facts}对口帮扶地区开展活动。", "It was active in {facts} under paired assistance."),
            "total": ("{level}", "{level} area(s)"),
        },
        "poverty_relief_measures": {
            FRAME: (
                "为把贫困地区产品卖进城、卖上网，推出 {facts}举措。",
                "{facts} served to bring the products of poor areas to the cities and online.",
            ),
            "total": ("{level}", "{level} measure(s)"),
        },
    },
    "parks": {
        "demonstration_cities": {
            FRAME: ("电子商务示范城市有 {facts}。", "It had {facts} demonstration cit(y|ies) for e-commerce."),
            "national": ("国家级 {level}", "{level} national"),
        },
        "demonstration_bases": {
            FRAME: ("电子商务示范基地有 {facts}。", "It had {facts} demonstration base(s) for e-commerce."),
            "national": ("国家级 {level}", "{level} national"),
            "provincial": ("省级 {level}", "{level} provincial"),
        },
        "demonstration_enterprises": {
            FRAME: ("电子商务示范企业有 {facts}。", "It had {facts} demonstration enterprise(s)."),
            "national": ("国家级 {level}", "{level} national"),
            "provincial": ("省级 {level}[（新增 {change}）]", "{level} provincial[ ({change} of them new)]"),
        },
        "demonstration_bases_enterprises": {
            FRAME: ("累计培育示范基地和示范企业 {facts}。", "{facts} in all have been fostered."),
            "total": ("{level}", "{level} demonstration bases and enterprises"),
        },
        "resident_enterprises": {
            FRAME: ("{facts}。", "{facts}."),
            "provincial_demonstration_bases": (
                "省级示范基地入驻企业 {level}",
                "the provincial bases housed {level} firm(s)",
            ),
            "well_known_introduced": ("引进知名企业 {level}", "{level} well-known firm(s) moved in"),
        },
        "jobs_created": {
            FRAME: ("{facts}。", "{facts}."),
            "provincial_demonstration_bases": ("带动就业 {level}", "they provided work for {level}"),
        },
        "ecommerce_parks": {
            FRAME: ("{facts}。", "{facts}."),
            "total": ("电商园区共 {level}", "{level} e-commerce park(s) had been built in all"),
            "key_parks": ("重点电商园区 {level}", "{level} key e-commerce park(s) had been built"),
            "township_specialty": (
                "乡镇特色产业园区 {level}[（新增 {change}）]",
                "{level} park(s) served the specialties of townships[, {change} of them new]",
            ),
            "rural": ("农村电商园区 {level}", "{level} e-commerce park(s) were rural"),
        },
        "ecommerce_maker_spaces": {
            FRAME: ("{facts}。", "{facts}."),
            "first_batch": (
                "确认首批电子商务众创空间 {level}",
                "{level} maker space(s) for e-commerce were named in a first batch",
            ),
        },
        "ecommerce_demonstration_communities": {
            FRAME: ("{facts}。", "{facts}."),
            "provincial": (
                "评出省级电商示范社区 {level}",
                "{level} communit(y|ies) were named provincial demonstration communities",
            ),
        },
        "key_cultivation_projects": {
            FRAME: ("重点培育项目 {facts}。", "{facts}."),
            "total": ("{level}[（新增 {change}）]", "{level} key project(s) were fostered[, {change} of them new]"),
        },
        "ecommerce_enterprises": {
            FRAME: ("{facts}。", "{facts}."),
            "above_100_million_yuan": (
                "{name}的电商企业 {level}[（比上年多 {change}）]",
                "{level} e-commerce firm(s) were in the class {name}[ ({change} more than the year before)]",
            ),
            "from_10_billion_to_100_billion_yuan": ("其中{name}的 {level}", "{level} of them in that of {name}"),
            "from_1_billion_to_10_billion_yuan": ("{name}的 {level}", "{level} in that of {name}"),
            "from_100_million_to_1_billion_yuan": ("{name}的 {level}", "{level} in that of {name}"),
            "three_markets": (
                "五爱、西柳、佟二堡市场新增电商企业 {change}",
                "{change} e-commerce firm(s) were added in the markets of Wu'ai, Xiliu and Tong'erpu",
            ),
            "settled_in_industrial_park": (
                "落户工业园区的优质电商 {level}",
                "{level} good e-commerce firm(s) settled in an industrial park",
            ),
            "recognized": ("新认定电商企业 {change}", "{change} e-commerce firm(s) were newly recognized"),
            "ecommerce_adopters": (
                "应用电子商务的企业 {level}[，{growth}]",
                "{level} firm(s) used e-commerce[, {growth}]",
            ),
            "exhibition_participants": (
                "组织电商企业参展 {level}",
                "{level} e-commerce firm(s) were taken to trade fairs",
            ),
        },
        "ecommerce_adoption_rate": {
            FRAME: ("{facts}。", "{facts}."),
            "xiliu_market": (
                "西柳市场的电商应用率 {level}",
                "the rate of e-commerce adoption in the Xiliu market was {level}",
            ),
        },
        "survey_respondents": {
            FRAME: ("{facts}。", "{facts}."),
            "manufacturing_sample_enterprises": (
                "电子商务年报调查制造企业 {level}",
                "the annual return on e-commerce covered {level} manufacturer(s)",
            ),
        },
        "ecommerce_turnover": {
            "xiliu_market": ("西柳市场网上成交 {level}", "the Xiliu market traded {level} online"),
            "manufacturing_sample_enterprises": (
                "受调查制造企业的电子商务交易额 {level}",
                "the manufacturers surveyed turned over {level} in e-commerce",
            ),
        },
        "online_stores": {
            FRAME: ("{facts}。", "{facts}."),
            "total": ("网店 {level}", "there were {level} online shop(s)"),
            "wholesale_retail_accommodation_catering": (
                "批发零售和住宿餐饮业有网店 {level}",
                "trade, hotels and catering ran {level} online shop(s)",
            ),
            "goods": ("其中卖实物的 {level}[（占 {share}）]", "{level} of them sold goods[ ({share})]"),
            "services": ("卖服务的 {level}", "{level} sold services"),
        },
        "ecommerce_platforms": {
            FRAME: ("{facts}。", "{facts}."),
            "specialty_industry_100_million_yuan": ("{name}平台 {level}", "there were {level} platform(s) for {name}"),
            "ouyeel": ("欧冶云商旗下有 {level}交易平台", "Ouyeel ran {level} trading platform(s)"),
            "monitored": ("列入统计监测的平台 {level}", "{level} platform(s) were covered by statistical monitoring"),
        },
        "electronic_trading_markets": {
            FRAME: ("电子交易市场 {facts}。", "{facts}."),
            "total": ("{level}", "{level} markets traded electronically"),
        },
        "ecommerce_service_providers": {
            FRAME: ("公共服务平台上的服务商 {facts}。", "{facts} worked on the public service platform."),
            "on_public_service_platform": ("{level}", "{level} service providers"),
        },
        "ecommerce_training_participants": {
            FRAME: ("{facts}。", "{facts}."),
            "total": ("培训电商人才 {level}", "{level} attendances of training in e-commerce were counted"),
            "rural_youth_returned_migrant_workers": (
                "培训农村青年和返乡农民工 {level}",
                "{level} attendances of training by rural youths and returned migrants were counted",
            ),
            "town_village_operators": (
                "培训电商镇村运营人员 {level}",
                "{level} running e-commerce in towns and villages were trained",
            ),
        },
        "ecommerce_transformation_enterprises": {
            FRAME: ("转型企业中，{facts}。", "Of firms changing over to e-commerce, {facts}."),
            "supported": ("获资金支持的 {level}", "{level} got support"),
            "small_medium_enterprises": (
                "成功转型的中小企业 {level}",
                "{level} small and medium-sized one(s) completed the change",
            ),
        },
        "product_display_localities": {
            FRAME: (
                "支持邮政建设特色产品展馆，涉及 {facts}。",
                "With the province's support, the post is to build halls for local products in {facts}.",
            ),
            "cities": ("城市 {level}", "{level} cit(y|ies)"),
            "counties": ("县 {level}", "{level} count(y|ies)"),
        },
    },
    "measures": {
        "fiscal_funds": {
            FRAME: ("财政安排 {facts}。", "Public budgets set aside {facts}."),
            "ecommerce_transformation": ("{level}元用于企业转型", "{level} yuan for firms changing over to e-commerce"),
            "rural_ecommerce_demonstration": ("{level}用于农村综合示范", "{level} for rural demonstration"),
            "special_funds": ("{level}专项资金", "{level} of special funds"),
            "rural_ecommerce_development": ("{level}用于农村电商", "{level} for rural e-commerce"),
            "additional_online_retail_support": ("{level}追加支持网上零售", "{level} more for online retail"),
            "ecommerce_poverty_alleviation": (
                "{level}用于电商扶贫",
                "{level} for poverty alleviation through e-commerce",
            ),
            "ecommerce_development": ("{level}用于发展电子商务", "{level} for e-commerce"),
        },
        "investment": {
            FRAME: ("电商基金累计投资 {facts}。", "The e-commerce fund has invested {facts}."),
            "ecommerce_fund": ("{level}", "{level}"),
        },
        "investment_projects": {
            FRAME: ("投向电商项目 {facts}。", "The money went to {facts}."),
            "ecommerce_fund": ("{level}", "{level} project(s)"),
        },
        "standards": {
            FRAME: ("制定地方标准 {facts}。", "{facts} were drawn up."),
            "local": ("{level}", "{level} local standard(s)"),
        },
        "supported_project_types": {
            FRAME: ("可获资金支持的项目有 {facts}。", "Public funds were open to projects of {facts}."),
            "categories": ("{level}", "{level} class(es)"),
            "total": ("{level}", "{level} kind(s)"),
        },
        "departments_involved": {
            FRAME: ("{facts}。", "{facts}."),
            "jinpin_online_action_plan": (
                "“津品网上行”计划由 {level}部门联合印发",
                "{level} departments issued the plan to bring Tianjin's products online",
            ),
        },
        "exhibitions": {
            FRAME: ("组织参加大型会展 {facts}。", "Firms were taken to {facts}."),
            "attended": ("{level}", "{level} large fair(s)"),
        },
        "events_held": {
            FRAME: ("举办 {facts}。", "{facts}."),
            "paired_assistance": (
                "对口帮扶活动 {level}",
                "{level} event(s) were held in areas under paired assistance",
            ),
            "service_resource_matchmaking": (
                "服务资源对接会 {level}",
                "{level} meeting(s) matched services with firms",
            ),
        },
        "ecommerce_big_data_pilots": {
            FRAME: ("{facts}。", "{facts}."),
            "first_batch": (
                "商务部电子商务大数据试点首批 {level}，本地在列",
                "it was one of the {level} first pilots of the commerce ministry's shared e-commerce data",
            ),
        },
        "public_service_platforms": {
            FRAME: ("建有 {facts}公共服务平台。", "It has built {facts} for e-commerce."),
            "total": ("{level}", "{level} public service platform(s)"),
        },
        "public_service_cloud_systems": {
            FRAME: ("商务云平台上线系统 {facts}。", "{facts} on the commerce cloud."),
            "total": ("{level}", "{level} system(s) ran"),
        },
        "product_categories": {
            FRAME: ("网上交易的统计监测覆盖商品品类 {facts}。", "Online sales were monitored for {facts} of goods."),
            "monitored": ("{level}", "{level} categories"),
        },
        "complaint_fast_track_enterprises": {
            FRAME: ("加入投诉快速处理通道的企业 {facts}。", "{facts} for complaints."),
            "total": ("{level}", "{level} firm(s) joined a fast track"),
        },
        "corps_divisions": {
            FRAME: ("各师进展不一，{facts}。", "Progress differed by division: {facts}."),
            "with_leading_group": (
                "设领导小组或协调机构的 {level}",
                "{level} had a leading group or coordinating body",
            ),
            "with_implementation_plan": ("定有推进意见或方案的 {level}", "{level} had a plan of action"),
            "with_funding_measures": ("出台奖励办法的 {level}", "{level} had rules on funding"),
            "with_development_plan": ("编有发展规划的 {level}", "{level} had a development plan"),
            "pilot_with_rural_measures": (
                "有农村电商措施的试点师 {level}",
                "{level} pilot division(s) had measures for rural e-commerce",
            ),
            "with_ecommerce_association": ("成立电商协会的 {level}", "{level} had an e-commerce association"),
        },
        "key_tasks": {
            FRAME: ("工作部署包括{facts}。", "Plans set out {facts}."),
            "jiangxi_products_online": (
                "江西产品上网销售的 {level}行动",
                "{level} line(s) of action to sell Jiangxi's products online",
            ),
            "poverty_relief_projects": (
                "电商扶贫的 {level}工程",
                "{level} project(s) of poverty alleviation through e-commerce",
            ),
            "poverty_relief_actions": ("{level}行动", "{level} action(s)"),
            "ecommerce_top_enterprises": (
                "培育电商百强企业的 {level}任务",
                "{level} task(s) for raising leading e-commerce firms",
            ),
            "ecommerce_projects": ("发展电子商务的 {level}工程", "{level} programme(s) for e-commerce"),
            "ecommerce_poverty_alleviation": (
                "电商扶贫的 {level}重点任务",
                "{level} priority task(s) of poverty alleviation through e-commerce",
            ),
        },
    },
}
