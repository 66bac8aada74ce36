#!/usr/bin/env bash
# Makes the packages of the distribution: deb and rpm of agent and server, each with a Java of its
# own, byte for byte the same each time from the same sources and the same JDK.
#
# build.sh DIST OUT VERSION TIME
#   DIST        the distribution's folder (bin, lib); which jars are whose stands in
#               target/class-path.txt of the modules
#   OUT         where packages go
#   TIME        what every file in them bears at the latest, such as 2026-11-21T00:00:00Z
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
dist=$1 out=$2 version=$3 time=$4
epoch=$(date -d "$time" +%s)
export SOURCE_DATE_EPOCH=$epoch
java_home=${JAVA_HOME:?build.sh: set JAVA_HOME to a JDK 25}
project=$(cd "$here/../../.." && pwd)
work=$out/work

case $(uname -m) in
  x86_64) deb_arch=amd64 rpm_arch=x86_64 native=linux-x86-64 ;;
  aarch64) deb_arch=arm64 rpm_arch=aarch64 native=linux-aarch64 ;;
  *) echo "build.sh: packages are made on x86_64 and aarch64, not on $(uname -m)" >&2; exit 1 ;;
esac
for tool in dpkg-deb strip "$java_home/bin/jlink"; do
  command -v "$tool" >/dev/null || { echo "build.sh: needs $tool" >&2; exit 1; }
done

# dpkg compares "~" as before the release; rpm knows it too.
release=${version/-SNAPSHOT/~snapshot}

rm -rf "$out"
mkdir -p "$work"

# What the classes use, and what is found by name only: Chinese dates, the agent's page, D-Bus.
agent_modules=java.base,java.logging,java.management,java.net.http,java.xml,jdk.httpserver,jdk.localedata,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
server_modules=$agent_modules,java.naming,java.security.jgss,java.sql,jdk.crypto.cryptoki,jdk.management

# runtime MODULES FOLDER COMPRESSION
runtime() {
  "$java_home/bin/jlink" --add-modules "$1" --include-locales=en,zh --strip-debug --no-header-files \
    --no-man-pages --vm server --compress="$3" --output "$2"
  rm -f "$2/bin/jrunscript" "$2/bin/rmiregistry" "$2/bin/jwebserver" "$2/bin/jconsole"
  find "$2/lib" -name '*.so' -exec strip --strip-unneeded {} +
}

# The library for plurals and names of time zones carries all languages of the world, 7 MB; the
# programs speak two. What is of no language stays.
two_languages() {
  unpacked=$work/languages
  mkdir -p "$unpacked"
  (cd "$unpacked" && "$java_home/bin/jar" --extract --file "$1")
  find "$unpacked/com" -regextype posix-extended -regex '.*/[a-z]{2,3}(_[A-Za-z0-9_]+)?\.res' \
    ! -regex '.*/(en|zh)(_[A-Za-z0-9_]+)?\.res' -delete
  (cd "$unpacked" && find com -type f | sort >"$work/languages.files" &&
    "$java_home/bin/jar" --create --file "$1" --date="$time" --manifest META-INF/MANIFEST.MF "@$work/languages.files")
  rm -r "$unpacked"
}

# program NAME JAR CLASSPATH HOME BIN...: the files of one program below $tree
program() {
  name=$1 own=$2 class_path=$3 home=$4
  shift 4
  install -d "$tree$home/bin" "$tree$home/lib" "$tree/usr/bin" "$tree/usr/share/doc/$name"
  install -m 644 "$dist/lib/$own-$version.jar" "$tree$home/lib/"
  tr ':' '\n' <"$class_path" | while read -r jar || [ -n "$jar" ]; do
    install -m 644 "$jar" "$tree$home/lib/$(basename "$jar")"
  done
  install -m 644 "$dist/lib/launch.sh" "$tree$home/lib/"
  for bin in "$@"; do
    install -m 755 "$dist/bin/$bin" "$tree$home/bin/"
    ln -s "..${home#/usr}/bin/$bin" "$tree/usr/bin/$bin"
  done
  {
    cat "$project/LICENSE"
    echo
    echo "The Java runtime below $home/runtime: GPL-2.0 with the Classpath exception, see its folder legal."
  } >"$tree/usr/share/doc/$name/copyright"
}

clamp() {
  find "$1" -newermt "@$epoch" -print0 | xargs -0r touch -h -d "@$epoch"
  find "$1" -type d ! -name enrol.conf.d -exec chmod 755 {} +
}

# deb NAME
deb() {
  control=$work/$1.control
  mkdir -p "$control"
  cp "$here/${1#interdict-}/deb/"* "$control/"
  sed -i "s/@VERSION@/$release/;s/@ARCH@/$deb_arch/;s/@SIZE@/$(find "$tree" -type f -printf '%s\n' | awk '{ all += $1 } END { print int(all / 1024) }')/" "$control/control"
  (cd "$tree" && find . -type f ! -path './etc/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$control/md5sums"
  chmod 644 "$control"/*
  for script in postinst prerm postrm; do chmod 755 "$control/$script"; done
  install -d "$tree/DEBIAN"
  cp -p "$control"/* "$tree/DEBIAN/"
  clamp "$tree"
  dpkg-deb --root-owner-group -Zxz -z6 --build "$tree" "$out/$1_${release}_$deb_arch.deb" >/dev/null
  rm -r "$tree/DEBIAN"
}

# rpm NAME
rpm() {
  if ! command -v rpmbuild >/dev/null; then
    echo "build.sh: no rpmbuild here, so $1 is not made as rpm" >&2
    return
  fi
  find "$tree" \( -type f -o -type l \) -printf '/%P\n' | sort >"$work/$1.files"
  sed -i 's#^\(/etc/.*\)$#%config(noreplace) \1#' "$work/$1.files"
  # Folders of ours alone; all others belong to the system.
  (cd "$tree" && find . -type d -path './*interdict*' -printf '%%dir /%P\n') | sort >>"$work/$1.files"
  rpmbuild -bb --quiet --target "$rpm_arch" \
    --define "_topdir $work/rpm" --define "_rpmdir $out" --define "_rpmfilename %{NAME}-%{VERSION}.%{ARCH}.rpm" \
    --define "tree $tree" --define "release_version $release" --define "file_list $work/$1.files" \
    --define "_buildhost interdict" --define "use_source_date_epoch_as_buildtime 1" \
    --define "clamp_mtime_to_source_date_epoch 1" --define "_binary_payload w15.zstdio" \
    --define "__os_install_post %{nil}" --define "_build_id_links none" --define "debug_package %{nil}" \
    "$here/${1#interdict-}/rpm.spec"
}

tree=$work/agent
mkdir -p "$tree"
cp -r "$here/agent/tree/." "$tree/"
# Smaller on the disk of each workstation, for a few megabytes more to fetch.
runtime "$agent_modules" "$work/agent-runtime" zip-6
program interdict-agent interdict-agent "$project/agent/target/class-path.txt" /usr/lib/interdict-agent interdict-agent
mv "$work/agent-runtime" "$tree/usr/lib/interdict-agent/runtime"
two_languages "$tree"/usr/lib/interdict-agent/lib/icu4j-*.jar
install -m 644 "$dist/lib/guard.classes" "$tree/usr/lib/interdict-agent/lib/"
install -d "$tree/usr/lib/interdict-agent/lib/native"
cp -r "$dist/lib/native/$native" "$tree/usr/lib/interdict-agent/lib/native/"
install -D -m 644 "$project/agent/src/main/shell/interdict.sh" "$tree/etc/profile.d/interdict.sh"
install -D -m 644 "$project/agent/src/main/shell/interdict.fish" "$tree/usr/share/fish/vendor_conf.d/interdict.fish"
install -D -m 644 "$project/agent/src/main/shell/interdict.zsh" "$tree/usr/share/interdict-agent/interdict.zsh"
# Where a token may be written, nobody else reads.
install -d -m 700 "$tree/etc/interdict-agent/enrol.conf.d"
chmod 600 "$tree/etc/interdict-agent/enrol.conf"
clamp "$tree"
deb interdict-agent
rpm interdict-agent

tree=$work/server
mkdir -p "$tree"
cp -r "$here/server/tree/." "$tree/"
runtime "$server_modules" "$work/server-runtime" zip-0
program interdict-server interdict-policy-server "$project/policy-server/target/class-path.txt" /usr/lib/interdict interdict-server interdict
mv "$work/server-runtime" "$tree/usr/lib/interdict/runtime"
clamp "$tree"
deb interdict-server
rpm interdict-server

rm -rf "$work"
(cd "$out" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum >SHA256SUMS)
ls -l "$out"
