from django.urls import path

from keti.research.views import (
    checking,
    demands,
    gaps,
    imports,
    lists,
    mapping,
    matrices,
    nodes,
    ties,
    uptake,
)

app_name = "research"
BASE = "p/<slug:slug>/research/"
NODES = f"{BASE}nodes/"
ONE = f"{NODES}<str:node_id>/"
TIE = f"{BASE}links/<str:link_id>/"
CHECK = f"{BASE}checks/<str:check_id>/"
APPROVAL = f"{BASE}approvals/<str:approval_id>/"
UPTAKES = f"{BASE}uptake/"
UPTAKE = f"{UPTAKES}<str:uptake_id>/"
MAP = f"{BASE}maps/<str:work>/"
MATRIX = f"{BASE}matrices/<str:matrix>/"
urlpatterns = [
    path(BASE, lists.overview, name="research"),
    path(NODES, lists.listing, name="nodes"),
    path(f"{BASE}nodes.<str:form>", lists.export, name="export"),
    path(f"{NODES}new/<str:kind>/", nodes.new, name="new"),
    path(f"{NODES}import/<str:kind>/", imports.bring, name="import"),
    path(f"{NODES}import/<str:kind>.xlsx", imports.template, name="template"),
    path(ONE, nodes.node, name="node"),
    path(f"{ONE}change/", nodes.change, name="change"),
    path(f"{ONE}settle/", nodes.settle, name="settle"),
    path(f"{ONE}withdraw/", nodes.withdraw, name="withdraw"),
    path(f"{ONE}link/", ties.link, name="link"),
    path(f"{ONE}merge/", ties.merge, name="merge"),
    path(f"{ONE}unmerge/", ties.unmerge, name="unmerge"),
    path(f"{TIE}unlink/", ties.unlink, name="unlink"),
    path(f"{TIE}read/", ties.read, name="read"),
    path(f"{ONE}uptake/", uptake.say, name="say_uptake"),
    path(f"{ONE}provenance/", checking.provenance, name="provenance"),
    path(f"{ONE}check/", checking.check, name="check"),
    path(f"{ONE}approval/", checking.ask, name="ask_approval"),
    path(f"{CHECK}withdraw/", checking.withdraw_check, name="withdraw_check"),
    path(APPROVAL, checking.answer, name="answer_approval"),
    path(f"{APPROVAL}withdraw/", checking.withdraw_approval, name="withdraw_approval"),
    path(UPTAKES, uptake.listing, name="uptakes"),
    path(f"{BASE}uptake.<str:form>", uptake.export, name="uptakes_export"),
    path(f"{UPTAKE}verify/", uptake.verify, name="verify_uptake"),
    path(f"{UPTAKE}withdraw/", uptake.withdraw, name="withdraw_uptake"),
    path(f"{BASE}demands/", demands.figures, name="figures"),
    path(f"{BASE}gaps/", gaps.listing, name="gaps"),
    path(MATRIX, matrices.matrix, name="matrix"),
    path(f"{BASE}matrices/<str:matrix>.xlsx", matrices.export, name="matrix_export"),
    path(f"{MATRIX}<str:side>/<str:head>/", matrices.cell, name="cell"),
    path(MAP, mapping.chart, name="map"),
    path(f"{BASE}maps/<str:work>.xlsx", mapping.export, name="map_export"),
    path(f"{MAP}changes/", mapping.changes, name="map_changes"),
    path(f"{MAP}<str:side>/<str:head>/", mapping.cell, name="map_cell"),
]
POLICY = {
    "research": "seat",
    "map": "seat",
    "map_export": "seat",
    "map_changes": "seat",
    "map_cell": "seat",
    "nodes": "seat",
    "export": "seat",
    "new": "seat",
    "import": "seat",
    "template": "seat",
    "node": "seat",
    "change": "seat",
    "settle": "seat",
    "withdraw": "seat",
    "link": "seat",
    "merge": "seat",
    "unmerge": "seat",
    "unlink": "seat",
    "read": "seat",
    "say_uptake": "seat",
    "provenance": "seat",
    "check": "seat",
    "ask_approval": "seat",
    "withdraw_check": "seat",
    "answer_approval": "seat",
    "withdraw_approval": "seat",
    "uptakes": "seat",
    "uptakes_export": "seat",
    "verify_uptake": "seat",
    "withdraw_uptake": "seat",
    "figures": "seat",
    "gaps": "seat",
    "matrix": "seat",
    "matrix_export": "seat",
    "cell": "seat",
}
