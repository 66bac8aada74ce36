# Runs one program out of an unpacked image as a runtime of containers would: as account 10001 without
# any right, process 1 of its own namespaces, no network but loopback, a root that cannot be written,
# /tmp in memory from which nothing can be started. To be run in a mount namespace of its own.
#
# contained.sh ROOT DATA CWD PROGRAM ARGUMENT...
set -eu
root=$1 data=$2 cwd=$3
shift 3

mount --make-rprivate /
ip link set lo up
mount --bind "$root" "$root"
mount --bind "$data" "$root/var/lib/interdict"
mount -t tmpfs -o nosuid,nodev,noexec,size=64m tmpfs "$root/tmp"
mount -t tmpfs -o nosuid,noexec,size=1m tmpfs "$root/dev"
for device in null zero random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -o remount,bind,ro "$root"
exec setpriv --clear-groups --no-new-privs --bounding-set=-all,+setuid,+setgid,+sys_chroot \
  unshare --root "$root" --wd "$cwd" --setgid 10001 --setuid 10001 -- "$@"
