"""Every key of the language has a Chinese spelling; both mean the same everywhere.

Where a word of one block reads oddly in another, the key has a second spelling for it, which is
understood everywhere as well.
Ids are never translated: they are written in lower-case letters, so no Chinese key can be one.
"""

from __future__ import annotations

CHINESE: dict[str, str] = {
    "keti": "课题语言", "lang": "语言", "tz": "时区", "workdays": "工作日历",
    "zh": "中文", "en": "英文",
    "programme": "课题", "parties": "单位", "groups": "组", "roles": "角色", "call": "征集通知",
    "admission": "征集", "calendar": "日程", "phases": "阶段", "events": "事件",
    "obligations": "应办事项", "findings": "监控意见", "gates": "关口", "deliverables": "成果",
    "trace": "研究链", "rounds": "征求意见", "honours": "荣誉", "outreach": "传播",
    "record": "办理记录", "privacy": "隐私", "amendment": "方案调整", "late": "逾期",
    "id": "标识", "title": "名称", "short": "简称", "about": "简介", "number_prefix": "文号字头",
    "aliases": "别称", "commissioner": "委托方", "contractor": "被委托方", "principles": "原则",
    "bound_to": "落实于", "source": "依据", "kind": "类型", "affiliated_with": "隶属",
    "parent": "上级", "inherits": "沿用", "may_override": "可调整", "founded": "成立于",
    "instances": "分设", "in": "属于", "min": "最少", "max": "最多", "can": "权限", "duty": "职责",
    "excludes": "不得兼任", "holder": "担任者", "holder_kind": "担任者类型",
    "appointed_by": "任命者", "elected_by": "选举者", "external": "外部", "deputises": "代行",
    "honorific": "尊称", "options": "选项",
    "body": "正文", "signatory": "落款", "audience": "主送", "form": "形式", "fields": "栏目",
    "declarations": "承诺", "required": "必填", "max_chars": "字数上限", "window": "窗口",
    "open": "开放", "close": "截止", "decide_by": "决定期限", "tracks": "类别", "role": "授予角色",
    "require": "条件", "rank": "优先", "open_to_others": "欢迎其他", "evidence": "证明",
    "by": "由", "checked_by": "核对者", "decided_by": "决定者", "capacity": "名额",
    "appeal": "申诉", "within": "期限内", "to": "至", "from": "自", "date": "日期", "at": "时刻",
    "rrule": "重复", "roll": "顺延", "round": "取舍", "after": "之后", "plus": "加",
    "first": "首次", "skip_if_younger_than": "成立不足则免", "since": "起算",
    "precision": "精度", "stated": "原文", "text": "文字", "days": "天数", "months": "月数",
    "resolve": "裁定", "use": "采用", "why": "理由", "opens_with": "开启于", "per": "每",
    "due": "期限", "opens": "开始", "needs": "前提", "sections": "章节", "hint": "提示",
    "collects": "汇总", "assembles": "汇编", "subject": "对象", "plan": "含计划",
    "languages": "语种", "series": "文种", "signed": "签字", "courtesy": "礼节",
    "remind": "提醒", "action_items": "待办", "draft_from": "草稿来源", "contains": "包含",
    "dims": "维度", "cells": "取值", "look_back": "回溯", "consent": "同意",
    "escalate": "上报", "record_late": "允许补录", "on_behalf": "允许代录", "seen_by": "可见于",
    "raised_by": "提出者", "triage_within": "受理期限", "owner_within": "答复期限",
    "closes_with": "办结于", "verified_by": "核实者", "decides": "决定人", "rule": "规则",
    "outcomes": "结论", "inputs": "材料", "when": "条件式", "consult": "先征求",
    "signed_by": "签收者",
    "first_by": "首轮期限", "max_rounds": "最多轮次", "revise_within": "修改期限",
    "sign_off": "签批", "quorum": "法定人数", "approve": "赞成比例", "unanimous": "一致同意",
    "conflicts": "利益冲突", "no_voice": "无表决权", "effect": "效果",
    "chain": "链条", "rules": "规则表",
    "confidence": "把握程度", "disposition": "处理", "passes": "轮数", "anonymous": "匿名",
    "ballot": "表决项", "agree": "一致度", "strata": "分层", "minority": "少数意见",
    "criteria": "标准", "verifiable": "可查验", "proof": "凭据", "target": "目标",
    "keep": "保存", "clips": "剪辑", "subtitles": "字幕", "release_form": "肖像授权",
    "every": "每隔", "for": "为期", "states": "状态", "log": "记录方式", "leaf": "叶子",
    "checkpoint": "检查点", "witnesses": "见证", "timestamp": "时间戳", "retain": "保留",
    "access": "查阅",
    "publish": "公开", "propose": "提议", "classes": "等级", "touches": "涉及",
    "notice": "提前通知", "never": "不得",
    "waives": "不再提示", "overrides": "另定", "composition": "组成",
    "conflicts_seen_by": "冲突可见于",
}  # fmt: skip
SECOND: dict[tuple[str, str], str] = {
    ("call", "title"): "标题",
    ("admission", "form"): "申报表",
    ("evidence", "by"): "证明材料",
    ("appeal", "to"): "受理者",
    ("work", "by"): "责任角色",
    ("gate", "by"): "不晚于",
    ("round", "from"): "征求对象",
    ("honour", "to"): "授予",
    ("promise", "by"): "责任角色",
    ("escalation", "to"): "上报给",
    ("amendment_class", "approve"): "批准者",
    ("resolve", "by"): "决定角色",
}
ENGLISH: dict[str, str] = {
    **{chinese: english for (_, english), chinese in SECOND.items()},
    **{chinese: english for english, chinese in CHINESE.items()},
}
