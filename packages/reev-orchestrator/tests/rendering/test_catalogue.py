import pytest

from reev_orchestrator.rendering import BUNDLED, Catalogue
from reev_types.errors import UsageError


def test_every_bundled_template_says_what_it_is_for():
    cards = Catalogue.read([BUNDLED]).cards
    assert {"base/step", "base/swap", "protocols/jupiter/lend", "scenarios/emergency_exit"} <= cards.keys()
    assert all(card.purpose.endswith(".") for card in cards.values())


def test_an_earlier_folder_hides_names_of_later_ones(written):
    own = written({"base/swap": "x"})
    assert Catalogue.read([own, BUNDLED]).cards["base/swap"].purpose == "A test."


def test_a_template_of_your_own_comes_before_bundled_ones_however_loose(written, planned):
    own = written({"mine/all": '{#\npurpose = "x"\nsteps = "any+"\n#}\n'})
    intents = [step.intent for step in planned("swap 0.1 SOL to USDC").steps]
    assert Catalogue.read([own, BUNDLED]).select(intents).name == "mine/all"


def test_an_empty_flow_has_no_template():
    with pytest.raises(UsageError, match="no_template"):
        Catalogue.read([BUNDLED]).select([])
