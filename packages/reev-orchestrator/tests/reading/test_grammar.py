from reev_orchestrator.language import parse
from reev_orchestrator.reading import GrammarReader


async def test_the_grammar_is_a_reader():
    assert await GrammarReader().read("swap 0.1 SOL to USDC") == parse("swap 0.1 SOL to USDC")
