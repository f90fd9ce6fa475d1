"""What changed between two wordings is shown in full: nothing is lost on either side."""

from hypothesis import given
from hypothesis import strategies as st

from zjcompare.wording import compare_wording

texts = st.text("一般公共财政预算收入支出增长", max_size=20)


@given(texts, texts)
def test_the_steps_hold_both_wordings_whole(before, after):
    steps = compare_wording(before, after)
    assert "".join(old for _, old, _ in steps) == before
    assert "".join(new for _, _, new in steps) == after


@given(texts)
def test_a_wording_does_not_differ_from_itself(text):
    assert {step for step, _, _ in compare_wording(text, text)} <= {"equal"}
