import socket

from jobs import connect, queue

print("waiting for words", flush=True)
while True:
    _, word = queue.blpop("words")
    with connect() as database, database.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS done (word TEXT, worker TEXT)")
        cursor.execute("INSERT INTO done VALUES (%s, %s)", (word.decode().upper(), socket.gethostname()))
    print(f"done: {word.decode()}", flush=True)
