import redis
from flask import Flask

app = Flask(__name__)
cache = redis.Redis(host="redis", password=open(".env").read().strip().split("=")[1])


@app.route("/")
def hello():
    return f"Hello! I have been seen {cache.incr('hits')} times."
