# Turns the namespaces that unshare(1) made into a sandbox, and runs the command in it as its init.
# Run by the kit's static busybox: sh enter.sh ROOT [--bind SOURCE TARGET ro|rw]... -- COMMAND...
# Nothing but ROOT and the binds can be reached afterwards; there is no network device but a dead lo.
set -eu
umask 022
root=$1
shift
mount --make-rprivate /
mount -o bind "$root" "$root"
for directory in proc dev tmp run; do
  # A directory, and not a link that the tree's own files made of it.
  [ ! -L "$root/$directory" ] || { echo "/$directory of the tree is a symbolic link" >&2; exit 125; }
  mkdir -p "$root/$directory"
done
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t tmpfs -o mode=0755,nosuid dev "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
for node in null zero full random urandom tty; do
  : > "$root/dev/$node"
  mount -o bind "/dev/$node" "$root/dev/$node"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
mount -t tmpfs -o mode=1777,nosuid,nodev tmp "$root/tmp"
mount -t tmpfs -o mode=0755,nosuid,nodev run "$root/run"
while [ "$1" = --bind ]; do
  mkdir -p "$root${3%/*}"
  if [ -d "$2" ]; then mkdir -p "$root$3"; else : > "$root$3"; fi
  mount -o bind "$2" "$root$3"
  [ "$4" = rw ] || mount -o remount,bind,ro "$root$3"
  shift 4
done
shift
cd "$root"
# The old root lands on top of the new one, and is taken off it: nothing holds it any more.
pivot_root . .
umount -l .
cd /
exec "$@"
