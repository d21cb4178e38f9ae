"""What two pieces of text share, weighted by how rare it is."""

import pytest
from tests.reading import KNOWLEDGE, lexicon
from tests.table import Table

from bitext.evidence import MOST_MERGED, gather

PAIRS = [(str(zh), str(en)) for zh, en in Table("align")["pairs"]]
ZH, EN = [zh for zh, _ in PAIRS], [en for _, en in PAIRS]


def gathered(zh, en):
    return gather(zh, en, lexicon(dictionary=False), KNOWLEDGE)


def test_a_pair_shares_more_than_strangers_do():
    found = gather(ZH, EN, lexicon(), KNOWLEDGE)
    for number in range(len(PAIRS)):
        assert found.zh_shared[0][number].argmax() == number
        assert found.en_shared[0][number].argmax() == number


def test_shapes():
    found = gathered(ZH, EN[:5])
    assert found.zh_total.shape == (12,)
    assert found.en_total.shape == (5,)
    assert [table.shape for table in found.zh_shared] == [(12, 5)] * MOST_MERGED
    assert [table.shape for table in found.en_shared] == [(5, 12)] * MOST_MERGED
    assert (len(found.terms), len(found.keys)) == (12, 5)


@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 2), (2, 1), (3, 1), (1, 12)])
def test_few_units(n, m):
    found = gathered(ZH[:n], EN[:m])
    assert found.zh_shared[0][0, 0] > 0


def test_no_part_is_more_than_the_whole():
    found = gathered(ZH, EN)
    for tables, total in ((found.zh_shared, found.zh_total), (found.en_shared, found.en_total)):
        for table in tables:
            assert (table >= 0).all()
            assert (table <= total[:, None] + 1e-4).all()


def test_more_neighbours_share_no_less():
    found = gathered(ZH, EN)
    for narrow, wide in zip(found.zh_shared, found.zh_shared[1:], strict=False):
        columns = narrow.shape[1] - MOST_MERGED
        assert (wide[:, :columns] >= narrow[:, :columns] - 1e-4).all()


def test_numbers_dates_and_names_are_terms():
    found = gathered(
        ["5\u67083\u65e5\uff0c\u6606\u660e\u7684300\u540d\u5b66\u751f\u4f7f\u7528LMC\u3002"],
        ["On 3 May, 300 pupils in Kunming used LMC."],
    )
    terms = {term for term, *_ in found.terms[0]}
    assert {"number 300", "date 05-03", "name kunming"} <= terms
    assert {"number 300", "date 05-03", "name kunming"} <= found.keys[0]


def test_a_word_that_the_other_text_lacks_is_no_term():
    assert gathered(["\u6e44\u516c\u6cb3\u56fd\u5bb6"], ["It was hot."]).terms == ((),)


def test_what_every_unit_says_ties_little():
    found = gathered(["300\u4eba"] * 6 + ["300\u4eba\uff0c45\u4f8b"], ["300 people"] * 6 + ["300 people, 45 cases"])
    assert found.zh_shared[0][6, 6] > 5 * found.zh_shared[0][6, 0]


def test_a_number_that_the_other_text_lacks_counts_and_a_word_does_not():
    plain = gathered(["\u6606\u660e\u7684\u5b66\u751f\u3002", ZH[1]], ["Pupils in Kunming.", EN[1]])
    told = gathered(["\u6606\u660e\u7684731\u540d\u5b66\u751f\u3002", ZH[1]], ["Pupils in Kunming.", EN[1]])
    assert told.zh_total[0] > plain.zh_total[0]
    assert told.zh_shared[0][0, 0] == plain.zh_shared[0][0, 0]
    told = gathered(["\u6606\u660e\u7684\u5b66\u751f\u3002", ZH[1]], ["The 731 quick pupils in Kunming.", EN[1]])
    assert told.en_total[0] > plain.en_total[0]
    assert told.en_shared[0][0, 0] == plain.en_shared[0][0, 0]
