"""Who lives in the demo: people with tastes, what they uploaded and what they liked.

Everything is drawn from fixed seeds, so a fresh demo is the same everywhere. Nothing here knows the database
or the clock: times are hours before "now", and a picture is (family slug, number) with numbers from 0.

A like follows three things: the families a person loves, a hidden style shared by a circle of people (so that
likes of the same pictures say something about the next one), and how popular a picture is with everybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from catalog.demo.gallery import FAMILIES

Picture = tuple[str, int]
Floats = NDArray[np.float64]

NAMES = (
    ("maya_lindqvist", "Maya Lindqvist"),
    ("li_wei", "Li Wei"),
    ("ananya_rao", "Ananya Rao"),
    ("carlos_mendoza", "Carlos Mendoza"),
    ("tom_ashworth", "Tom Ashworth"),
    ("zhang_yuxin", "Zhang Yuxin"),
    ("amara_okafor", "Amara Okafor"),
    ("lucia_ferrer", "Lucía Ferrer"),
    ("rohan_deshpande", "Rohan Deshpande"),
    ("wang_jingyi", "Wang Jingyi"),
    ("emily_hartwell", "Emily Hartwell"),
    ("kenji_morita", "Kenji Morita"),
    ("fatima_zahra", "Fatima Zahra Bennani"),
    ("diego_salazar", "Diego Salazar"),
    ("chen_haoran", "Chen Haoran"),
    ("priya_nair", "Priya Nair"),
    ("oliver_beckett", "Oliver Beckett"),
    ("sofia_marquez", "Sofía Márquez"),
    ("liu_mengqi", "Liu Mengqi"),
    ("arjun_mehta", "Arjun Mehta"),
    ("nadia_petrova", "Nadia Petrova"),
    ("george_whitlock", "George Whitlock"),
    ("huang_ziyan", "Huang Ziyan"),
    ("camila_rojas", "Camila Rojas"),
    ("ibrahim_diallo", "Ibrahim Diallo"),
    ("kavya_iyer", "Kavya Iyer"),
    ("noor_haddad", "Noor Haddad"),
    ("zhao_ruoxi", "Zhao Ruoxi"),
    ("ben_carraway", "Ben Carraway"),
    ("ines_vidal", "Inés Vidal"),
    ("vikram_singh", "Vikram Singh"),
    ("yuki_tanabe", "Yuki Tanabe"),
    ("hannah_fairley", "Hannah Fairley"),
    ("xu_jiaming", "Xu Jiaming"),
    ("mateo_quiroga", "Mateo Quiroga"),
    ("greta_holm", "Greta Holm"),
    ("aditi_kulkarni", "Aditi Kulkarni"),
    ("sam_okonkwo", "Sam Okonkwo"),
    ("sun_yahan", "Sun Yahan"),
    ("valentina_cruz", "Valentina Cruz"),
    ("jonas_weber", "Jonas Weber"),
    ("rahul_bose", "Rahul Bose"),
    ("claire_dumont", "Claire Dumont"),
    ("lin_shuyi", "Lin Shuyi"),
    ("andres_pizarro", "Andrés Pizarro"),
    ("leila_karimi", "Leila Karimi"),
    ("harry_pembroke", "Harry Pembroke"),
    ("meera_krishnan", "Meera Krishnan"),
    ("guo_zihan", "Guo Zihan"),
    ("paula_ibanez", "Paula Ibáñez"),
    ("minh_tran", "Minh Tran"),
    ("ruth_abernathy", "Ruth Abernathy"),
    ("sanjay_pillai", "Sanjay Pillai"),
    ("he_xinyue", "He Xinyue"),
    ("tomas_herrera", "Tomás Herrera"),
    ("seo_yun_park", "Park Seo-yun"),
    ("alice_marlow", "Alice Marlow"),
    ("deepa_chatterjee", "Deepa Chatterjee"),
    ("ma_junjie", "Ma Junjie"),
    ("rosa_delgado", "Rosa Delgado"),
    ("kwame_mensah", "Kwame Mensah"),
    ("elena_conti", "Elena Conti"),
    ("jack_thornbury", "Jack Thornbury"),
    ("ishaan_gupta", "Ishaan Gupta"),
    ("tang_wanqing", "Tang Wanqing"),
    ("nora_sandvik", "Nora Sandvik"),
    ("joaquin_vera", "Joaquín Vera"),
    ("selin_aydin", "Selin Aydın"),
    ("peter_gallagher", "Peter Gallagher"),
    ("zhou_anqi", "Zhou Anqi"),
)

ARTISTS = 20
CIRCLES = 4  # groups of people with nearly the same hidden style
STYLE_SIZE = 4  # dimensions of the hidden style
STYLE_PULL = 2.2  # standard deviation a style adds to a picture's log odds
POPULARITY_SPREAD = 0.4  # the same for what everybody likes
MOST_IN_FAMILY = 0.6  # of a family's pictures one person likes at most
COLD_SHARE = 0.05  # of each family's pictures nobody has liked yet
LIKED_WITHIN = 60 * 24.0  # hours
CREATED_WITHIN = 90 * 24.0  # hours
LIKES_A_SESSION = 5


@dataclass(frozen=True, slots=True)
class Person:
    """tastes: favourite family slug -> share of this person's likes; the shares add up to less than one and
    the rest is spread over everything."""

    username: str
    name: str
    tastes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PlannedLike:
    username: str
    picture: Picture
    hours_ago: float


def people() -> tuple[Person, ...]:
    """The cast, in a fixed order. Favourites are dealt like cards, so every family has its lovers."""
    rng = np.random.default_rng(1)
    deck = _endless_deck(rng, [family.slug for family in FAMILIES])
    return tuple(Person(username, name, _tastes(rng, deck)) for username, name in NAMES)


def owners(people: Sequence[Person], families: Sequence[str], per_family: int) -> Mapping[Picture, str]:
    """Who uploaded each picture: one of ARTISTS people, each at home in up to three families.

    A family is shared by artists in unequal, scattered parts; every family has at least one.
    """
    rng = np.random.default_rng(2)
    artists = rng.permutation(len(people))[:ARTISTS]
    by_family = _homes([people[artist] for artist in artists], families)
    found: dict[Picture, str] = {}
    for slug in families:
        homes = by_family[slug]
        parts = rng.dirichlet(np.full(len(homes), 4.0))
        for number, home in enumerate(rng.choice(len(homes), size=per_family, p=parts)):
            found[slug, number] = homes[home]
    return found


def created_hours_ago(families: Sequence[str], per_family: int) -> Mapping[Picture, float]:
    """When each picture came, in hours ago, at most 90 days: in rounds that hold one picture of every family,
    so that the newest pictures are a mix at any moment; a little denser lately."""
    rng = np.random.default_rng(3)
    numbers = np.stack([rng.permutation(per_family) for _ in families])
    rounds = [
        (slug, int(numbers[family, turn]))
        for turn in range(per_family)
        for family, slug in ((family, families[family]) for family in rng.permutation(len(families)))
    ]
    places = (np.arange(len(rounds)) + rng.uniform(0.1, 0.9, len(rounds))) / len(rounds)
    return {picture: float(CREATED_WITHIN * place**1.25) for picture, place in zip(rounds, places, strict=True)}


def planned_likes(
    people: Sequence[Person],
    families: Sequence[str],
    per_family: int,
    tags: Mapping[Picture, tuple[str, ...]],
) -> tuple[PlannedLike, ...]:
    """Every like of the demo, oldest first.

    tags: of each picture, where known; pictures that share tags suit the same styles.
    Nobody likes a picture twice, or an own one, or one that had not been uploaded yet.
    """
    rng = np.random.default_rng(4)
    owner_of = owners(people, families, per_family)
    created = created_hours_ago(families, per_family)
    wanted = _wanted(rng, people, families)
    odds = _log_odds(rng, len(people), families, per_family, tags)
    likes: list[PlannedLike] = []
    for row, person in enumerate(people):
        own = {picture for picture, owner in owner_of.items() if owner == person.username}
        liked = _chosen(rng, wanted[row], odds[row], families, own)
        likes += _in_sessions(rng, person, liked, created)
    return tuple(sorted(likes, key=lambda like: (-like.hours_ago, like.username, like.picture)))


def _endless_deck(rng: np.random.Generator, cards: Sequence[str]) -> Iterator[str]:
    while True:
        yield from (cards[card] for card in rng.permutation(len(cards)))


def _tastes(rng: np.random.Generator, deck: Iterator[str]) -> Mapping[str, float]:
    """One to three favourites; a single love leaves more room for other things than three do."""
    many = int(rng.choice([1, 2, 3], p=[0.25, 0.45, 0.3]))
    favourites: dict[str, float] = {}
    while len(favourites) < many:
        favourites.setdefault(next(deck), 0.0)
    total = {1: 0.6, 2: 0.74, 3: 0.8}[many]
    shares = np.sort(rng.dirichlet(np.full(many, 8.0)))[::-1] * total
    return MappingProxyType({slug: round(float(share), 3) for slug, share in zip(favourites, shares, strict=True)})


def _homes(artists: Sequence[Person], families: Sequence[str]) -> dict[str, list[str]]:
    """The artists of each family: those who love it, else the one with the fewest families so far."""
    homes = {slug: [artist.username for artist in artists if slug in artist.tastes] for slug in families}
    busy = {artist.username: sum(slug in families for slug in artist.tastes) for artist in artists}
    for slug in families:
        if not homes[slug]:
            homes[slug].append(min(busy, key=lambda username: (busy[username], username)))
            busy[homes[slug][0]] += 1
    return homes


def _wanted(rng: np.random.Generator, people: Sequence[Person], families: Sequence[str]) -> NDArray[np.int64]:
    """How many likes each person gives each family, (people, families).

    Activity is log-normal within 25 to 60. Columns are drawn towards equal totals, because a family that
    everybody likes would be recommended to everybody.
    """
    activity = np.clip(rng.lognormal(np.log(38), 0.3, len(people)), 26, 58)
    shares = np.array([[person.tastes.get(slug, 0.0) for slug in families] for person in people])
    shares += (1 - shares.sum(axis=1, keepdims=True)) / len(families)
    for _ in range(4):
        totals = activity @ shares
        shares *= (totals.mean() / totals) ** 0.8
        shares /= shares.sum(axis=1, keepdims=True)
    return np.stack([_rounded(rng, likes * row) for likes, row in zip(activity, shares, strict=True)])


def _rounded(rng: np.random.Generator, amounts: Floats) -> NDArray[np.int64]:
    """Whole numbers whose expectation is amounts and whose sum is the rounded sum (systematic rounding)."""
    edges = np.floor(np.concatenate([[0.0], np.cumsum(amounts)]) + rng.uniform())
    return np.diff(edges).astype(np.int64)


def _log_odds(
    rng: np.random.Generator,
    count: int,
    families: Sequence[str],
    per_family: int,
    tags: Mapping[Picture, tuple[str, ...]],
) -> Floats:
    """How much each person favours each picture within its family, (people, families, numbers); -inf if cold."""
    pictures = [(slug, number) for slug in families for number in range(per_family)]
    looks = np.stack([_look(picture, tags.get(picture, ())) for picture in pictures])
    looks = (looks - looks.mean(axis=0)) / (looks.std(axis=0) + 1e-9)
    circles = rng.normal(size=(CIRCLES, STYLE_SIZE))
    styles = circles[rng.integers(CIRCLES, size=count)] + 0.35 * rng.normal(size=(count, STYLE_SIZE))
    styles /= np.linalg.norm(styles, axis=1, keepdims=True)
    popularity = POPULARITY_SPREAD * rng.standard_exponential(len(pictures))
    odds: Floats = (STYLE_PULL * styles @ looks.T + popularity).reshape(count, len(families), per_family)
    for family in range(len(families)):
        odds[:, family, rng.permutation(per_family)[: round(COLD_SHARE * per_family)]] = -np.inf
    return odds


def _look(picture: Picture, tags: Sequence[str]) -> Floats:
    """What a picture is like in the eyes of a style: the mean of its tags, and something of its own."""
    own = np.random.default_rng([5, crc32(picture[0].encode()), picture[1]]).normal(size=STYLE_SIZE)
    of_tags = [np.random.default_rng([6, crc32(tag.encode())]).normal(size=STYLE_SIZE) for tag in tags]
    return 0.6 * own + (np.sum(of_tags, axis=0) / np.sqrt(len(tags)) if tags else 0.0)


def _chosen(
    rng: np.random.Generator,
    wanted: NDArray[np.int64],
    odds: Floats,
    families: Sequence[str],
    own: set[Picture],
) -> list[Picture]:
    """Pictures drawn without repetition by their odds (Gumbel top-k), family by family.

    Own and cold pictures never; what a family cannot give goes to the person's other families at random.
    """
    noisy = odds + rng.gumbel(size=odds.shape)
    for family, slug in enumerate(families):
        noisy[family, [number for picture_slug, number in own if picture_slug == slug]] = -np.inf
    room = np.minimum((noisy > -np.inf).sum(axis=1), int(MOST_IN_FAMILY * odds.shape[1]))
    amounts = np.minimum(wanted, room)
    while (missing := wanted.sum() - amounts.sum()) > 0 and (amounts < room).any():
        open_families = np.flatnonzero(amounts < room)
        amounts[rng.permutation(open_families)[:missing]] += 1
    best = np.argsort(-noisy, axis=1, kind="stable")
    return [
        (slug, int(number)) for slug, row, many in zip(families, best, amounts, strict=True) for number in row[:many]
    ]


def _in_sessions(
    rng: np.random.Generator, person: Person, liked: Sequence[Picture], created: Mapping[Picture, float]
) -> list[PlannedLike]:
    """Give each like a moment: people come in sittings, more often lately, and like a few pictures in each."""
    sittings = LIKED_WITHIN * rng.uniform(0.0, 0.97, max(3, len(liked) // LIKES_A_SESSION)) ** 1.6
    likes = []
    for picture in liked:
        later = sittings[sittings < created[picture] - 1]
        sitting = rng.choice(later) if len(later) else created[picture] * rng.uniform(0.1, 0.9)
        hours = max(0.02, sitting - rng.uniform(0.0, 0.6))
        likes.append(PlannedLike(person.username, picture, round(float(min(hours, created[picture])), 3)))
    return likes
