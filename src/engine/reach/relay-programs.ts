/**
 * What carries connections from inside a network of the engine: a program that waits, so that its container stays, and one
 * that carries a single connection between its input and output and a container's port. Both run in whatever image is there,
 * since at a talk none can be fetched.
 *
 * To the program: frames of four bytes of length (big-endian) and so many bytes. The first frame is `host port`; an empty one
 * says that no more comes; an input that ends without it is a client that went away. From it: bytes as they are, to the end.
 */
export interface RelayProgram {
  hold: string[];
  carry: string[];
}

const PYTHON = `
import os, socket, sys, threading
def frame():
    head = sys.stdin.buffer.read(4)
    if len(head) < 4: os._exit(0)
    return sys.stdin.buffer.read(int.from_bytes(head, "big"))
host, port = frame().decode().split()
app = socket.create_connection((host, int(port)), 10)
app.settimeout(None)
app.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
def send():
    while True:
        data = frame()
        if data: app.sendall(data)
        else: app.shutdown(socket.SHUT_WR)
threading.Thread(target=send, daemon=True).start()
for data in iter(lambda: app.recv(65536), b""):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
os._exit(0)
`;

const PERL = `
use strict;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);
sub part {
  my ($left, $data) = (@_, "");
  while ($left > 0) {
    my $read = sysread STDIN, $data, $left, length $data;
    return undef unless $read;
    $left -= $read;
  }
  return $data;
}
sub frame { my $head = part(4); return defined $head ? part(unpack "N", $head) : undef }
sub put {
  my ($to, $data) = @_;
  for (my $done = 0; $done < length $data;) {
    my $written = syswrite $to, $data, length($data) - $done, $done;
    exit 1 unless defined $written;
    $done += $written;
  }
}
my ($host, $port) = split / /, frame() // exit;
my $app = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Timeout => 10) or exit 1;
setsockopt $app, IPPROTO_TCP, TCP_NODELAY, 1;
my $parent = $$;
my $child = fork;
if ($child) {
  while (sysread $app, my $data, 65536) { put(*STDOUT, $data) }
  kill KILL => $child;
} else {
  while (defined(my $data = frame())) { length $data ? put($app, $data) : shutdown $app, 1 }
  kill KILL => $parent;
}
`;

/** The first that an image has is taken. perl is in every Debian and Ubuntu. */
export const RELAY_PROGRAMS: readonly RelayProgram[] = [
  {
    hold: ['python3', '-ISc', 'import signal; signal.pause()'],
    carry: ['python3', '-ISc', PYTHON],
  },
  {
    // It inherits what the carriers leave behind, and must not wait for it.
    hold: ['perl', '-e', '$SIG{CHLD} = "IGNORE"; sleep 3600 while 1'],
    carry: ['perl', '-e', PERL],
  },
];
