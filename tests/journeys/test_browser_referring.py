"""Buttons of the editor that point elsewhere: references, places of the section, remarks."""

from keti.documents.rules.doc1.typed_in import received

from .editing import CITED, Open, para


def test_words_cite_references_and_refer_to_places(section: Open) -> None:
    box = section("如前人所说。")
    box.click(box.text.locator("p").first)
    box.keys("End")
    box.press("cite")
    ask = box.page.locator(".editor-ask")
    assert ask.locator("option").all_text_contents() == [one["text"] for one in CITED]
    box.page.keyboard.type("平台")
    ask.locator("input[type=text]").fill("3-5")
    box.keys("Enter")
    box.press("cite")
    box.keys("Enter")
    cited = {"cite": [{"ref": "wang2021", "at": "3-5"}, {"ref": "li2020"}]}
    assert box.blocks() == [para("如前人所说。", cited)]
    # a place: nothing to see yet, then a heading
    box.press("refer")
    assert ask.locator("select").count() == 0
    box.keys("Escape", "Enter", "Control+Alt+1")
    box.page.keyboard.type("背景")
    box.keys("Enter")
    box.press("refer")
    ask.locator("option", has_text="背景").wait_for()
    box.keys("Enter")
    heading, line = received(box.raw)["blocks"][1:]
    assert (heading["kind"], line["runs"]) == ("heading", [{"to": heading["id"]}])


def test_words_are_remarked_upon_and_a_remark_goes_by_its_button(section: Open) -> None:
    box = section("如前人所说。")
    assert box.page.locator(".do-remark").is_disabled()
    box.page.evaluate(
        """() => {
          const words = document.querySelector("#id_s0 p").firstChild;
          getSelection().setBaseAndExtent(words, 0, words, 3);
        }"""
    )
    box.page.wait_for_timeout(100)
    box.press("remark")
    box.page.keyboard.type("哪位前人？")
    box.keys("Control+Enter")
    doc = received(box.raw)
    [(name, remark)] = doc["comments"].items()
    assert remark == {"by": "", "at": "", "words": "哪位前人？"}
    assert doc["blocks"][0]["runs"][:2] == [
        {"words": "如前人", "said": [name]},
        {"words": "所说。"},
    ]
    assert box.page.locator(".remarks mark").all_text_contents() == ["如前人"]
    box.page.locator(".remarks button").click()
    assert box.page.locator(".remarks").is_hidden()
    assert (box.raw, box.words) == ("", "如前人所说。")
    box.keys("Control+z")
    assert list(received(box.raw)["comments"]) == [name]
