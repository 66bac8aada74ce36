# An empty system of its own, without a network and without systemd: runs story.sh of the folder $1 in
# the tree $2, which stays as it is. Nothing that is written there reaches a device of this machine.
set -e
mkdir "$1/over"
mount -t tmpfs tmpfs "$1/over"
mkdir "$1/over/upper" "$1/over/work" "$1/over/root"
root=$1/over/root
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/over/upper,workdir=$1/over/work" "$root"
ip link set lo up
mkdir "$root/tmp/packages"
cp "$1"/packages/*.deb "$root/tmp/packages/"
cp "$1/story.sh" "$1/telling.sh" "$root/tmp/"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/dev"
for device in null:3 zero:5 full:7 random:8 urandom:9; do
  mknod -m 666 "$root/dev/${device%:*}" c 1 "${device#*:}"
done
exec /usr/sbin/chroot "$root" /usr/bin/env -i /bin/sh /tmp/story.sh /tmp/packages
