"""Every weight and threshold of the engine, each with a sentence and a unit."""

from dataclasses import dataclass

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True)
class RankingConfig:
    """How a feed is made. Scores are in "score units": a picture that looks just like what one likes has about 1."""

    # Taste
    like_half_life: float = 60 * DAY
    """Seconds after which a like counts half."""
    like_floor: float = 0.2
    """The least an old like counts, as a share of a fresh one: who returns after years is not a stranger."""
    dismissal_half_life: float = 30 * DAY
    """Seconds after which a dismissal counts half; it has no floor."""
    history_limit: int = 200
    """Newest likes, and newest dismissals, that shape a taste; pictures."""
    max_tastes: int = 8
    """Most tastes of one person; clusters."""
    taste_cut: float = 0.95
    """Ward height at which clustering stops, as a share of the distance between two random pictures."""
    taste_half: float = 0.5
    """Fresh likes at which a taste has half of its full weight; likes."""

    # Look
    look_from: float = 1.0
    """Similarity from which a picture looks alike; standard deviations above two random pictures."""
    look_slope: float = 0.6
    """Width of the bend around `look_from`; standard deviations."""
    look_span: float = 4.0
    """Standard deviations beyond `look_from` that earn one score unit."""
    category_affinity: float = 1.5
    """What sharing the top-level category with a like adds to its similarity; standard deviations."""
    taste_reach: float = 2.0
    """Similarity from which a picture counts as more of the same taste; standard deviations."""

    # Blend, in score units
    look_weight: float = 1.0
    """What a likeness of 1 to a taste of full weight adds."""
    dismissal_weight: float = 0.5
    """What a likeness of 1 to a picture dismissed just now takes away."""
    co_like_weight: float = 0.35
    """Most that co-likes can add."""
    co_like_half: float = 0.5
    """Summed co-like similarity that earns half of `co_like_weight`; cosines."""
    factor_weight: float = 0.35
    """What a predicted preference of 1 by the factors adds."""
    ranker_weight: float = 0.7
    """What a chance of 1 by a promoted model adds, in place of co-likes and factors: as much as both at most."""
    trending_weight: float = 0.22
    """What the most trending picture earns."""
    newest_weight: float = 0.16
    """What a picture of this second earns."""
    popular_weight: float = 0.14
    """What the most liked picture earns."""

    # Crowd
    trending_half_life: float = 48 * HOUR
    """Seconds after which a like counts half in trending."""
    trending_floor: float = 3.0
    """Decayed likes that count as the top of the scale when there are no busier pictures; likes."""
    popular_floor: float = 3.0
    """Likes that count as the top of the scale when there are no more popular pictures; likes."""
    newest_half_life: float = 7 * DAY
    """Seconds after which newness counts half."""
    likes_per_owner_and_day: int = 5
    """Most likes of one person that count for one owner's pictures within a UTC day."""
    account_age: float = 24 * HOUR
    """Seconds an account must have existed before its like counts for the crowd."""

    # People
    neighbours: int = 100
    """Co-liked pictures kept for each picture."""
    co_like_history: int = 100
    """Newest likes of one person that count for co-likes, whose cost grows with its square; likes."""
    co_like_shrink: float = 3.0
    """Added to the norms under the cosine of co-likes, so that one shared like is weak evidence; likes."""
    min_people: int = 2
    """Fewest people that a "people" reason may count, so that it never points at one person."""
    factors: int = 128
    """Length of the factors."""
    factor_regularisation: float = 30.0
    """Constant regularisation of iALS (lambda)."""
    factor_confidence: float = 10.0
    """Confidence of a fresh like in iALS (alpha)."""
    factor_iterations: int = 15
    """Sweeps of alternating least squares."""

    # Candidates
    pool_size: int = 1000
    """Candidates that are diversified; a smaller catalogue enters whole."""
    per_taste: int = 150
    """Nearest pictures taken for each taste."""
    per_source: int = 250
    """Pictures taken from each of: co-likes, factors, trending, newest, popular."""

    # List
    page: int = 24
    """Cards among which the shares of categories are kept, and to which MMR looks back."""
    mmr_lambda: float = 0.8
    """Relevance against novelty in MMR, 0.5-1 (Carbonell & Goldstein 1998)."""
    cold_category_share: float = 1 / 6
    """Most of a page that one category takes before the person has liked anything in it."""
    warm_category_share: float = 0.6
    """Most of a page that one category takes, however much the person likes it."""
    category_half: float = 2.0
    """Fresh likes that a category's share is smoothed with; likes."""
    explore_rate: float = 0.05
    """Probability that a position is given to exploration."""
    explore_after: int = 3
    """First positions that are never given to exploration; cards."""
    explore_pool: int = 100
    """Next best candidates that exploration draws from, evenly."""

    # Near-copies
    fold_same_bits: int = 4
    """Most differing bits, of 64, of pHash and of dHash in one picture saved twice."""
    fold_same_look: float = 0.8
    """How alike these must look; share of the way from two random pictures to identity."""
    fold_cropped_bits: int = 12
    """Most differing bits, of 64, of pHash and of dHash in a picture and its light crop."""
    fold_cropped_look: float = 0.92
    """How alike these must look; share of the same way."""

    # Reasons
    min_drop: float = 1e-5
    """Least fall of the score, without the named like, that makes a reason true; score units."""
    plausible_likes: int = 2
    """Likes tried first when a reason is looked for."""
    reason_floor: float = 0.01
    """Least value of a term that may be named as a reason; score units."""

    # Similar pictures
    similar_people_weight: float = 0.3
    """What a co-like cosine of 1 adds to a blend; share of the way from random pictures to identical ones."""
    similar_tags_weight: float = 0.1
    """What a tag cosine of 1 adds to a blend; share of the same way."""
    dial_weight: float = 1.0
    """What a dial, turned from ½ to 1, adds twice over for a picture one standard deviation more alike; cosines."""

    # Boards
    board_neighbours: int = 3
    """Pictures of a board, the likest, by which it is told whether another picture fits there; pictures."""

    # Seen (applied by the caller, who knows the impressions)
    seen_impressions: int = 3
    """Impressions without a reaction after which a picture counts as seen."""
    seen_days: float = 30.0
    """Days after which a seen picture may return."""

    # Photo search
    background: int = 1000
    """Pictures of the background sample a photo is compared with."""
    background_typical: float = 0.22
    """Median cosine of a photo to unrelated pictures, where a collection is too small to tell; of unit features."""
    background_size: float = 20.0
    """Pictures that this prior is worth."""
    match_margin: float = 0.55
    """How far a copy must have come from the photo's typical cosine; share of the way to 1."""
    crowding_share: float = 0.4
    """Share of the crowding of the nearest pictures that is taken from a photo's cosine to them."""
    kind_shrinkage: float = 0.5
    """How far the covariance of a collection's features is shrunk towards its diagonal; share of the way."""
    kind_from: int = 20
    """Pictures from which a collection can tell what is of its kind."""
    kind_sure: int = 200
    """Pictures from which a collection needs no `nearness_least`; up to half of them, all of it counts."""
    nearness_least: float = 0.25
    """Nearness that a match has in a small collection, whose pictures may all be far from each other; cosines."""
    match_loss: float = 0.03
    """Share of the collection's own pictures that may be refused as if they were foreign to it.

    Chosen looking at product photos, photographs and clip art; see docs/search.md.
    """

    # Search by words
    meaning_least: float = 0.45
    """Cosine from which the name of a class means what was asked for."""
    meaning_share: float = 0.8
    """Share of the best such cosine from which another name means it too."""
    meaning_probability: float = 0.25
    """Probability of such classes together from which a picture shows what was asked for."""
    meaning_thing: float = 0.55
    """Cosine of a word to the name of a class from which it is a thing that the eyes know."""
    meaning_wider: float = 0.5
    """Such a cosine from which a text is widened to what is above all classes that mean it, to find what is nearest."""
    meaning_eyes: float = 0.15
    """Weight of what the eyes see beside what people wrote, where what is nearest in meaning is looked for."""
    meaning_wordless: float = 0.5
    """The same for a picture that nobody wrote about, in addition; the cosines of its classes stand for words."""
    akin_least: float = 0.8
    """Cosine from which a name is as good as the word that was typed."""
    akin_form: float = 0.58
    """The same for a name that is spelt as another form of the word, such as rain for rainy."""
    fusion_rank: float = 60.0
    """Rank at which a place in one of several lists counts half as much as the first (reciprocal rank fusion)."""
    parts_sample: int = 1000
    """Pictures on which each part of a combined query is standardised."""


DEFAULT = RankingConfig()
