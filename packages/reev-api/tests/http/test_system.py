def test_a_server_that_works_says_so(server):
    answer = server.client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "healthy"
    assert answer.json()["version"]
