"""A store that speaks S3, in memory, until standard input ends. It checks signatures and rights.

Its argument is what the server's own user may do (a policy as docs/running.md has it). It prints one line of JSON: where it is, the
keys of that user, and those of one who may do everything.
"""

import json
import os
import sys
import threading

BUCKET = "meja"
# Making the bucket, two users with a policy each, and their keys: nobody is asked for a signature until that is done.
STEPS = 7
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = str(STEPS)

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


class InTurn:
    """One request after another: two that want the same object at once read from one place of one file, and fail or get half of it."""

    def __init__(self, app):
        self.app = app
        self.turn = threading.Lock()

    def __call__(self, environ, start_response):
        with self.turn:
            answer = self.app(environ, start_response)
            try:
                return [b"".join(answer)]
            finally:
                if hasattr(answer, "close"):
                    answer.close()


def main():
    policy = sys.argv[1]
    server = make_server("127.0.0.1", 0, InTurn(DomainDispatcherApplication(create_backend_app)), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.port}"

    def client(name):
        return boto3.client(
            name, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
        )

    client("s3").create_bucket(Bucket=BUCKET)
    iam = client("iam")

    def user(name, may):
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="may", PolicyDocument=may)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return {"key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}

    everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    told = {
        "endpoint": endpoint,
        "bucket": BUCKET,
        "server": user("server", policy),
        "master": user("master", json.dumps(everything)),
    }
    print(json.dumps(told), flush=True)
    sys.stdin.read()
    server.shutdown()


main()
