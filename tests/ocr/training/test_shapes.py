import numpy as np
import pytest

from ocr.cells import INPUT_HEIGHT_PX, INPUT_WIDTH_PX


def test_networks_that_answer_together_give_the_weighted_mean_of_their_scores() -> None:
    torch = pytest.importorskip("torch")
    from ocr.models.training.shapes import Mixed, build_plain, build_residual

    cells = torch.rand(3, 1, INPUT_HEIGHT_PX, INPUT_WIDTH_PX)
    networks = [build(13).eval() for build in (build_residual, build_plain)]
    first, second = (network(cells).detach().numpy() for network in networks)
    both = Mixed(networks, (0.75, 0.25)).eval()(cells).detach().numpy()
    assert both.shape == (3, 13)
    assert both == pytest.approx(0.75 * first + 0.25 * second, abs=1e-5)
    assert not np.allclose(first, second)
