"""Scoring: answers to achievements, achievements to a score, a rating and a tier.

Everything is exact. A criterion's achievement a lies between 0 and 1 and is kept as two integers;
the score S and the domain scores D lie between 0 and 100:

    a = weighted mean, or minimum, of the points of the asked questions / 100
    D = 100 · Σ w·a / Σ w over the applicable criteria of a domain
    S = Σ W·D / Σ W over the domains that have a score
"""

from questionnaires.scoring.score import Score
from questionnaires.scoring.scorer import Scorer
from questionnaires.scoring.standing import Absence, Asked, Standing, Status, Triggered

__all__ = ["Absence", "Asked", "Score", "Scorer", "Standing", "Status", "Triggered"]
