# Makes the folder $1, an empty Debian 12; or, out of one that is made, $2, the same with the packages after it,
# which apt fetches all at once. In memory at first: dpkg waits for the disk after every package, which beside
# other work took most of ten minutes. Runs in namespaces of its own, with which the memory goes. The last line
# says that all went well.
set -e
tree=$1
memory=$1-in-memory
mkdir -p "$memory"
mount -t tmpfs -o mode=755,size=3g tmpfs "$memory"
if [ $# = 1 ]; then
  /usr/sbin/debootstrap --variant=minbase bookworm "$memory"
else
  base=$2
  shift 2
  cp -a "$base/." "$memory/"
  mount -t proc proc "$memory/proc"
  # Nothing that is installed may start anything.
  printf '#!/bin/sh\nexit 101\n' >"$memory/usr/sbin/policy-rc.d"
  chmod 755 "$memory/usr/sbin/policy-rc.d"
  inside() { /usr/sbin/chroot "$memory" /usr/bin/env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
  inside apt-get -q update
  inside apt-get -q -y --no-install-recommends -o Dpkg::Use-Pty=0 install "$@"
  rm "$memory/usr/sbin/policy-rc.d"
  umount "$memory/proc"
fi
rm -f "$memory"/var/cache/apt/archives/*.deb
cp -a "$memory" "$tree"
umount "$memory"
rmdir "$memory"
echo "I: An empty Debian is made."
