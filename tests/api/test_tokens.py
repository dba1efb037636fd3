"""A name and a password for a token; five tries in a quarter of an hour."""

from tests.api.callers import Caller, assert_problem


def ask(username: str, password: str, caller: Caller | None = None):
    return (caller or Caller()).post("token/", {"username": username, "password": password})


def test_a_good_password_gives_a_token_that_works(make_user):
    make_user("ada")

    answer = ask("ada", "password")

    assert answer.status == 200
    assert set(answer.json) == {"token"}
    assert Caller(token=answer.json["token"]).upload().status == 202


def test_the_token_stays_the_same(make_user):
    make_user("ada")

    assert ask("ada", "password").json == ask("Ada", "password").json


def test_a_form_will_do_as_well(make_user):
    make_user("ada")

    assert Caller().form("token/", username="ada", password="password").status == 200


def test_a_wrong_password_and_an_unknown_name_are_told_alike(make_user):
    make_user("ada")

    wrong, unknown = ask("ada", "nonsense"), ask("nobody", "nonsense")

    assert_problem(wrong, 401, "not-signed-in")
    assert wrong.json == unknown.json
    assert wrong.headers["WWW-Authenticate"] == "Token"


def test_someone_who_left_gets_no_token(make_user):
    make_user("ada", is_active=False)

    assert_problem(ask("ada", "password"), 401)


def test_missing_fields_are_named(db):
    problem = assert_problem(Caller().post("token/", {}), 400, "invalid")

    assert set(problem["errors"]) == {"username", "password"}


def test_the_sixth_try_must_wait_even_with_the_right_password(make_user):
    make_user("ada")
    for _try in range(5):
        assert ask("ada", "nonsense").status == 401

    answer = ask("ADA", "password")

    assert_problem(answer, 429, "throttled")
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert ask("bob", "nonsense").status == 401


def test_another_address_has_its_own_tries(make_user):
    make_user("ada")
    for _try in range(6):
        ask("ada", "nonsense")

    elsewhere = Caller()
    elsewhere.client.defaults["REMOTE_ADDR"] = "203.0.113.9"

    assert ask("ada", "password", elsewhere).status == 200


def test_asking_for_a_token_makes_no_session(make_user):
    make_user("ada")
    caller = Caller()

    ask("ada", "password", caller)

    assert not caller.client.cookies
