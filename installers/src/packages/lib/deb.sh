# Sourced by build.sh: a deb out of $tree.

# deb NAME
deb() {
  local control=$work/$1.control state size script
  mkdir -p "$control"
  cp "$here/${1#interdict-}/deb/"* "$control/"
  state=$(cat "$tree"/usr/lib/interdict*/state-version)
  size=$(find "$tree" -type f -printf '%s\n' | awk '{ all += $1 } END { print int(all / 1024) }')
  sed -i "s/@VERSION@/$release/;s/@ARCH@/$deb_arch/;s/@SIZE@/$size/;s/@STATE@/$state/g" "$control/control" "$control/preinst"
  (cd "$tree" && find . -type f ! -path './etc/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$control/md5sums"
  chmod 644 "$control"/*
  for script in preinst postinst prerm postrm; do
    [ ! -e "$control/$script" ] || chmod 755 "$control/$script"
  done
  install -d "$tree/DEBIAN"
  cp -p "$control"/* "$tree/DEBIAN/"
  clamp "$tree"
  dpkg-deb --root-owner-group -Zxz -z6 --build "$tree" "$out/$1_${release}_$deb_arch.deb" >/dev/null
  rm -r "$tree/DEBIAN"
}
