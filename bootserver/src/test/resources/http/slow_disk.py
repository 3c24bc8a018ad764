"""A read-only file system of one directory, as a slow disk has it: each read takes a while.

slow_disk.py BACKING MOUNT SECONDS: speaks the kernel's FUSE protocol (linux/fuse.h) and ends when
it is unmounted. A read of more than the first page waits; all reads wait beside each other.
"""
import ctypes, errno, os, struct, sys, threading, time

backing, mount, delay = sys.argv[1], sys.argv[2], float(sys.argv[3])
root = os.open(backing, os.O_RDONLY | os.O_DIRECTORY)
names, numbers = {1: "."}, {".": 1}
device = os.open("/dev/fuse", os.O_RDWR)
libc = ctypes.CDLL(None, use_errno=True)
options = "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other" % device
if libc.mount(b"slow", mount.encode(), b"fuse.slow", 1, options.encode()) != 0:
    sys.exit("cannot mount: " + os.strerror(ctypes.get_errno()))


def number(name):
    if name not in numbers:
        numbers[name] = len(numbers) + 1
        names[numbers[name]] = name
    return numbers[name]


def attributes(node):
    s = os.stat(names[node], dir_fd=root)
    return struct.pack(
        "<QQQQQQIIIIIIIIII", node, s.st_size, s.st_blocks, int(s.st_atime), int(s.st_mtime),
        int(s.st_ctime), 0, 0, 0, s.st_mode, s.st_nlink, 0, 0, 0, 4096, 0)


def answer(unique, body=b"", error=0):
    try:
        os.write(device, struct.pack("<IiQ", 16 + len(body), -error, unique) + body)
    except FileNotFoundError:
        pass  # Nobody waits for it any more.


def entry(unique, name):
    try:
        node = number(name)
        answer(unique, struct.pack("<QQQQII", node, 0, 3600, 3600, 0, 0) + attributes(node))
    except FileNotFoundError:
        answer(unique, error=errno.ENOENT)


def read(unique, handle, offset, size):
    if offset >= 4096:
        time.sleep(delay)
    answer(unique, os.pread(handle, size, offset))


def serve(operation, unique, node, body):
    path = names.get(node, ".")
    if operation == 26:  # INIT
        answer(unique, struct.pack("<IIIIHHIIHHIIIIII", 7, 31, 131072, 1, 16, 12, 4096, 1, 0, 0, 0, 0, 0, 0, 0, 0)[:64])
    elif operation == 1:  # LOOKUP
        entry(unique, os.path.normpath(os.path.join(path, body.split(b"\0")[0].decode())))
    elif operation == 3:  # GETATTR
        answer(unique, struct.pack("<QII", 3600, 0, 0) + attributes(node))
    elif operation in (14, 27):  # OPEN, OPENDIR
        handle = os.open(path, os.O_RDONLY, dir_fd=root)
        answer(unique, struct.pack("<QII", handle, 0, 0))
    elif operation == 15:  # READ
        handle, offset, size = struct.unpack("<QQI", body[:20])
        threading.Thread(target=read, args=(unique, handle, offset, size), daemon=True).start()
    elif operation == 28:  # READDIR
        handle, offset, size = struct.unpack("<QQI", body[:20])
        out = b""
        for at, name in enumerate(sorted(os.listdir(handle))):
            if at >= offset:
                raw = name.encode()
                out += struct.pack("<QQII", number(os.path.normpath(os.path.join(path, name))), at + 1, len(raw), 0) + raw + b"\0" * (-len(raw) % 8)
        answer(unique, out[:size])
    elif operation in (18, 29):  # RELEASE, RELEASEDIR
        os.close(struct.unpack("<Q", body[:8])[0])
        answer(unique)
    elif operation == 17:  # STATFS
        answer(unique, struct.pack("<QQQQQIIII24x", 0, 0, 0, 0, 0, 4096, 255, 4096, 0))
    elif operation in (25, 34):  # FLUSH, ACCESS
        answer(unique)
    elif operation not in (2, 42, 36):  # FORGET, BATCH_FORGET and INTERRUPT have no answer
        answer(unique, error=errno.ENOSYS)


print("mounted", flush=True)
while True:
    try:
        message = os.read(device, 1 << 20)
    except OSError as e:
        if e.errno == errno.ENODEV:
            break
        continue
    length, operation, unique, node = struct.unpack("<IIQQ", message[:24])
    serve(operation, unique, node, message[40:length])
