# An empty system of its own, without a network, with systemd as process 1. $1: a folder with the folder
# story, which is /story inside; $2: the system's tree, which stays as it is. The unit story runs
# /story/story.sh and writes /story/out; then the system stops.
set -e
mkdir "$1/over"
mount -t tmpfs tmpfs "$1/over"
mkdir "$1/over/upper" "$1/over/work" "$1/over/root"
root=$1/over/root
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/over/upper,workdir=$1/over/work" "$root"
mkdir "$root/story"
mount --bind "$1/story" "$root/story"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
for device in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
  numbers=${device#*:}
  mknod -m 666 "$root/dev/${device%%:*}" c "${numbers%:*}" "${numbers#*:}"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s pts/ptmx "$root/dev/ptmx"
ip link set lo up
cat >"$root/etc/systemd/system/story.service" <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
TimeoutStartSec=infinity
Environment=LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
ExecStart=/bin/sh /story/story.sh
ExecStopPost=/bin/systemctl poweroff --force --no-block
StandardOutput=append:/story/out
StandardError=append:/story/out
UNIT
mkdir -p "$root/etc/systemd/system/graphical.target.wants"
ln -s ../story.service "$root/etc/systemd/system/graphical.target.wants/story.service"
# A changed root would not do: from one, the kernel lets nobody make accounts of their own (PrivateUsers).
cd "$root"
pivot_root . mnt
umount -l /mnt
exec /usr/bin/env -i container=story /lib/systemd/systemd --system --log-target=journal --show-status=0
