# Turns the namespaces that unshare(1) made into a sandbox, and runs the command in it as its init.
# Run by the kit's static busybox: sh enter.sh KILN TERMINALS ROOT ro|rw [--bind SOURCE TARGET ro|rw]... -- COMMAND...
# where KILN is the process that must be alive for the command to run, and TERMINALS an option of devpts. Nothing but ROOT and the
# binds can be reached afterwards; there is no network device but lo, on which nobody listens. The command is root
# with the few capabilities of its bounding set: it can mount nothing, so what is read-only stays so.
# Whatever it sees that is not its own (devices, proc, what is bound) is read-only: root may else
# change the mode and the owner of the host's own files.
set -eu
umask 022
kiln=$1
terminals=$2
root=$3
rooted=$4
shift 4

refuse() {
  echo "$1" >&2
  exit 125
}

# From here on the command dies with Kiln; it could have died before, and be a zombie (Z, proc(5)).
grep -qs '^State:.[^XZ]' "/proc/$kiln/status" || refuse "Kiln ended before the sandbox began"

mount --make-rprivate /
mount -o bind "$root" "$root"
for directory in proc dev tmp run; do
  # A directory, and not a link that the tree's own files made of it.
  [ ! -L "$root/$directory" ] || refuse "/$directory of the tree is a symbolic link"
  mkdir -p "$root/$directory"
done
# What root may write there without any capability is the whole machine's: core_pattern, sysrq, and the mode of every
# file. What a process may write of itself (its oom_score_adj) goes with it.
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
# As the kernel calls it where there is no domain of NIS.
echo '(none)' > "$root/proc/sys/kernel/domainname"
mount -o remount,ro,nosuid,nodev,noexec "$root/proc"
mount -t tmpfs -o mode=0755,nosuid dev "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
# Terminals of its own, as a script of expect(1) or script(1) opens them.
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,"$terminals",nosuid,noexec devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
# As on every machine: PostgreSQL, for one, chooses its kind of shared memory by it.
mount -t tmpfs -o mode=1777,nosuid,nodev shm "$root/dev/shm"
# tty is whatever terminal the one who opens it has: none, and that is what it says.
for node in null zero full random urandom tty; do
  : > "$root/dev/$node"
  mount -o bind "/dev/$node" "$root/dev/$node"
  # A device can be written to there all the same.
  mount -o remount,bind,ro "$root/dev/$node"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
# How the machine was started, its disks, its cards: what scripts make of it would be in the image.
mkdir "$root/dev/nothing"
mount -t tmpfs nothing "$root/dev/nothing"
: > "$root/dev/nothing/file"
mkdir "$root/dev/nothing/directory"
mount -o remount,ro "$root/dev/nothing"
for each in cmdline diskstats interrupts iomem ioports mdstat modules partitions swaps timer_list; do
  [ ! -e "$root/proc/$each" ] || mount -o bind "$root/dev/nothing/file" "$root/proc/$each"
done
for each in acpi asound bus driver fs irq scsi; do
  [ ! -e "$root/proc/$each" ] || mount -o bind "$root/dev/nothing/directory" "$root/proc/$each"
done
umount "$root/dev/nothing"
rmdir "$root/dev/nothing"
if [ "$rooted" = rw ]; then
  # As large as the tree can be, and where the tree is: a script may need GiB of it. What is left in
  # it is no part of a layer.
  scratch=$(mktemp -d "$root/tmp/kiln.XXXXXX")
  chmod 1777 "$scratch"
  mount -o bind "$scratch" "$root/tmp"
  mount -o remount,bind,nosuid,nodev "$root/tmp"
else
  mount -t tmpfs -o mode=1777,nosuid,nodev tmp "$root/tmp"
fi
mount -t tmpfs -o mode=0755,nosuid,nodev run "$root/run"
while [ "$1" = --bind ]; do
  mkdir -p "$root${3%/*}"
  if [ -d "$2" ]; then mkdir -p "$root$3"; else : > "$root$3"; fi
  mount -o bind "$2" "$root$3"
  [ "$4" = rw ] || mount -o remount,bind,ro "$root$3"
  shift 4
done
shift
[ "$rooted" = rw ] || mount -o remount,bind,ro "$root"
# No name of the host: what scripts make of it would be in the image.
hostname localhost
# It is up, as on every machine and in every chroot: postfix, for one, asks for an interface.
ip link set lo up
cd "$root"
# The old root lands on top of the new one, and is taken off it: nothing holds it any more.
pivot_root . .
umount -l .
cd /
# What the host allows may be anything (containers: a thousand million files, which some programs try to
# close one by one): as systemd has it, where the host does not allow less.
ulimit -c 0
ulimit -S -s 8192 2> /dev/null || :
ulimit -H -n 524288 2> /dev/null || :
ulimit -S -n 1024 2> /dev/null || :
# The command's environment is all its caller's: this shell's own variables are not part of it.
unset OLDPWD PWD SHLVL
# What comes first of it gives up mounting, and raising lo, which were allowed by inheritance alone: a program of this busybox,
# for its name has no slash.
exec "$@"
