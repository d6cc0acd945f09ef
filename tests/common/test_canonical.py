from hearthpress.common.canonical import canonical_bytes, sha256


def test_the_order_of_keys_changes_nothing() -> None:
    assert canonical_bytes({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    assert sha256(canonical_bytes({"a": 1, "b": 2})) == sha256(canonical_bytes({"b": 2, "a": 1}))
