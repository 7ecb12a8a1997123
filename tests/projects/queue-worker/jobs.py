import os

import pymysql
import redis

queue = redis.from_url(os.environ["REDIS_URL"])


def connect():
    password = open(os.environ["DATABASE_PASSWORD_FILE"]).read().strip()
    return pymysql.connect(
        host=os.environ["DATABASE_HOST"], user="jobs", password=password, database="jobs", autocommit=True
    )
