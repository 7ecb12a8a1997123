from flask import Flask, jsonify

from jobs import connect, queue

app = Flask(__name__)


@app.get("/")
def index():
    with connect() as database, database.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS done (word TEXT, worker TEXT)")
        cursor.execute("SELECT word FROM done ORDER BY word")
        return jsonify([word for (word,) in cursor.fetchall()])


@app.get("/say/<word>")
def say(word):
    queue.rpush("words", word)
    return "queued"
